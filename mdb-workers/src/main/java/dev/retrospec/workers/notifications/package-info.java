/**
 * Notification jobs: messages to the outside that the domain has decided to send.
 *
 * <p>May use {@code alerts} and the senders beside it. Never here: whether to send, or what it
 * says.
 */
@NullMarked
package dev.retrospec.workers.notifications;

import org.jspecify.annotations.NullMarked;
