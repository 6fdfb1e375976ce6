/**
 * Run messages: what is told about runs of tests, one job for each channel.
 *
 * <p>May use {@code notifications} and the senders beneath. Never here: whether to tell, and whom.
 */
@NullMarked
package dev.retrospec.workers.messages;

import org.jspecify.annotations.NullMarked;
