/**
 * Messages to Slack's incoming webhooks.
 *
 * <p>May use {@code notifications} and the shared words. Never here: a retry; the job has it.
 */
@NullMarked
package dev.retrospec.workers.messages.slack;

import org.jspecify.annotations.NullMarked;
