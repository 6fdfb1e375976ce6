/**
 * What a project's alert rules say: which events are told, about which issues, how often and when
 * rather later. Rules without any state of their own.
 *
 * <p>May use {@code issues}' views. Never here: a database, a container, a channel's secrets.
 */
@NullMarked
package dev.retrospec.alerts.rules;

import org.jspecify.annotations.NullMarked;
