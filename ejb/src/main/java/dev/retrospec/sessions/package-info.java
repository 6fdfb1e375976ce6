/**
 * One visit of one browser: who, where, when, and the markers of what failed in it.
 *
 * <p>May use {@code recordings} and below. Never here: how markers are grouped ({@code issues}),
 * what the events say ({@code recordings}), pages.
 */
@NullMarked
package dev.retrospec.sessions;

import org.jspecify.annotations.NullMarked;
