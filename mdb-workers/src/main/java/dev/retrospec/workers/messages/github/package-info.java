/**
 * GitHub: the one comment of a pull request, and secret Gists.
 *
 * <p>May use {@code notifications} and the shared words. Never here: a retry; the job has it.
 */
@NullMarked
package dev.retrospec.workers.messages.github;

import org.jspecify.annotations.NullMarked;
