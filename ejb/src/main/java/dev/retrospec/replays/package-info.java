/**
 * What is made from a recording beside the recording itself: artifacts such as the summary of its
 * marker windows, asked for when markers arrive, recorded when a worker has made them.
 *
 * <p>May use {@code sessions}, {@code jobs}, {@code artifacts} and below. Never here: how an
 * artifact is made ({@code mdb-workers}), the report card ({@code reports}).
 */
@NullMarked
package dev.retrospec.replays;

import org.jspecify.annotations.NullMarked;
