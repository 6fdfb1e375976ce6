/**
 * Sessions and their recordings, read over HTTP: search, one session, what the player asks for,
 * artifacts.
 *
 * <p>May use {@code sessions}, {@code recordings}, {@code inspection}, {@code replays}, {@code
 * artifacts}, {@code retention} and {@code web.http}. Never here: where bytes are stored.
 */
@NullMarked
package dev.retrospec.web.sessions;

import org.jspecify.annotations.NullMarked;
