/**
 * A browser of our own, in processes that are supervised and end with their task, and the proxy
 * through which alone it reaches the world.
 *
 * <p>May use the address rules of {@code snapshots}. Never here: what a task does with a page.
 */
@NullMarked
package dev.retrospec.workers.browser;

import org.jspecify.annotations.NullMarked;
