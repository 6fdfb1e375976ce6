/**
 * Letters: text and HTML of the same report, by SMTP.
 *
 * <p>May use {@code notifications}, the shared words and Jakarta Mail. Never here: a retry; the job
 * has it.
 */
@NullMarked
package dev.retrospec.workers.messages.mail;

import org.jspecify.annotations.NullMarked;
