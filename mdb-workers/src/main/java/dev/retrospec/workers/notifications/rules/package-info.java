/**
 * How alerts of projects' rules look and travel: signed JSON, Slack, Microsoft Teams, letters.
 *
 * <p>May use {@code alerts} and the senders beside it. Never here: whether to send, or a retry; the
 * job has it.
 */
@NullMarked
package dev.retrospec.workers.notifications.rules;

import org.jspecify.annotations.NullMarked;
