package dev.retrospec.recordings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A chunk with events, as the manifest names it.
 *
 * @param seq what to ask for
 * @param windowId the browser window (tab) that recorded it
 * @param firstEventAt by the browser's clock
 * @param lastEventAt by the browser's clock
 * @param events how many
 * @param bytes as stored, which is about what it takes on the wire
 * @param hasFullSnapshot whether a replay can begin in it
 * @param reason why the browser cut it here, in its own word; null when it did not say
 */
public record ChunkView(
    int seq,
    String windowId,
    Instant firstEventAt,
    Instant lastEventAt,
    int events,
    long bytes,
    boolean hasFullSnapshot,
    @Nullable String reason) {}
