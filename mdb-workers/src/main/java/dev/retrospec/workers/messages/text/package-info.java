/**
 * A report in Markdown, and what its parts are called: the words that several channels share.
 *
 * <p>May use {@code notifications}. Never here: a channel's own layout, or anything that travels.
 */
@NullMarked
package dev.retrospec.workers.messages.text;

import org.jspecify.annotations.NullMarked;
