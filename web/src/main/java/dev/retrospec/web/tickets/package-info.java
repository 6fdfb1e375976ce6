/**
 * The trackers of a project on its page: set up, tried, changed, taken away.
 *
 * <p>May use {@code tickets} and {@code web.faces}. Never here: a request to a tracker, a stored
 * secret.
 */
@NullMarked
package dev.retrospec.web.tickets;

import org.jspecify.annotations.NullMarked;
