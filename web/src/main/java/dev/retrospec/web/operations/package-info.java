/**
 * What machines ask about the installation itself: is it healthy, what does it count, which jobs
 * wait.
 *
 * <p>May use {@code platform}, {@code jobs} and {@code web.http}. Never here: a project's data.
 */
@NullMarked
package dev.retrospec.web.operations;

import org.jspecify.annotations.NullMarked;
