/**
 * Messages about runs of tests over HTTP: asking for them, looking at them, and where they go.
 *
 * <p>May use {@code notifications}, {@code projects} and {@code web.http}. Never here: a rule.
 */
@NullMarked
package dev.retrospec.web.notifications;

import org.jspecify.annotations.NullMarked;
