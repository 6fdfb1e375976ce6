/**
 * What workers that run elsewhere report back.
 *
 * <p>May use {@code replays}, {@code reports} and {@code web.http}. Never here: the co-deployed
 * workers, which call the use cases in process.
 */
@NullMarked
package dev.retrospec.web.callbacks;

import org.jspecify.annotations.NullMarked;
