/**
 * The report as JSON for a server of the operator.
 *
 * <p>May use {@code notifications} and the webhook of the alerts. Never here: a retry; the job has
 * it.
 */
@NullMarked
package dev.retrospec.workers.messages.webhook;

import org.jspecify.annotations.NullMarked;
