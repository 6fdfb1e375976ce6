/**
 * Posts messages over HTTP to an address of the operator.
 *
 * <p>May use the JDK's HTTP client. Never here: a retry; the job has it.
 */
@NullMarked
package dev.retrospec.workers.notifications.webhook;

import org.jspecify.annotations.NullMarked;
