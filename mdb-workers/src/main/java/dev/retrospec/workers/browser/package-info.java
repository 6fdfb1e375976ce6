/**
 * A browser of our own: one supervised process that is started when somebody asks for it and ended
 * when nobody has for a while, and the proxy through which alone it reaches the world.
 *
 * <p>May use Playwright and the address rules of {@code snapshots}. Never here: what a job does
 * with a page.
 */
@NullMarked
package dev.retrospec.workers.browser;

import org.jspecify.annotations.NullMarked;
