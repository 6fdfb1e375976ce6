/**
 * Render jobs: a video of a session, or of the moments around a marker, frame by frame, made by a
 * program in a process of its own ({@code sdk/render}) with the system's Chromium and ffmpeg and
 * without any network.
 *
 * <p>May use {@code browser} and {@code moments}, and {@code replays}, {@code recordings}, {@code
 * assets} and {@code artifacts} of the core. Never here: who may have a video, and how many.
 */
@NullMarked
package dev.retrospec.workers.render;

import org.jspecify.annotations.NullMarked;
