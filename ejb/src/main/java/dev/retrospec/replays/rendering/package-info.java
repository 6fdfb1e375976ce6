/**
 * Videos of sessions and clips of markers: what is asked for, what a project may have of it in a
 * day, what is recorded of it. Never needed by anything else: the analysis of a session is ready
 * whether or not there is a video of it.
 *
 * <p>May use {@code replays}, {@code sessions}, {@code jobs} and below. Never here: how a video is
 * made ({@code mdb-workers}).
 */
@NullMarked
package dev.retrospec.replays.rendering;

import org.jspecify.annotations.NullMarked;
