/**
 * Replay jobs: which pieces of a session to watch, and the {@code analysis_json} artifact that says
 * what happened in them.
 *
 * <p>May use {@code replays}, {@code sessions}, {@code artifacts} and {@code moments}. Never here:
 * what went wrong and why ({@code analysis}).
 */
@NullMarked
package dev.retrospec.workers.replay;

import org.jspecify.annotations.NullMarked;
