package dev.retrospec.recordings;

import dev.retrospec.privacy.ScrubReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the one pass made of an array of events.
 *
 * @param zstd the scrubbed events as a JSON array without white space, one zstd frame
 * @param inflatedBytes length of that JSON
 * @param firstEventAt by the browser's clock; null when there are no events
 * @param lastEventAt by the browser's clock; null when there are no events
 * @param hasFullSnapshot whether a replay can begin in it
 * @param href the last page address that was recorded, scrubbed
 * @param timeline in the order of the events, at most {@link EventStream#MAX_TIMELINE}
 * @param timelineDropped entries beyond that
 */
public record EncodedEvents(
    byte[] zstd,
    int eventCount,
    long inflatedBytes,
    @Nullable Instant firstEventAt,
    @Nullable Instant lastEventAt,
    boolean hasFullSnapshot,
    @Nullable String href,
    @Nullable Viewport viewport,
    List<IndexedEvent> timeline,
    int timelineDropped,
    ScrubReport scrubbed) {}
