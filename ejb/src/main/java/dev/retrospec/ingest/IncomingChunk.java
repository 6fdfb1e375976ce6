package dev.retrospec.ingest;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.NewChunk;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionFacts;
import dev.retrospec.sessions.SessionGrowth;
import java.util.List;
import java.util.Map;

/** A piece of a recording, checked and ready to be stored in one transaction. */
record IncomingChunk(
    ProjectId project,
    SessionId session,
    ChunkNumber number,
    NewChunk chunk,
    SessionFacts facts,
    ChunkContent.CounterFields counters,
    List<ObservedMarker> markers) {

  SessionGrowth growth(int storedBytes) {
    Map<String, Long> dropped = counters.droppedByReason();
    dropped.remove(SessionGrowth.UNLISTED); // that is ours to say
    dropped.putAll(SessionGrowth.unlisted(chunk.events().timelineDropped()));
    return new SessionGrowth(
        1,
        chunk.events().eventCount(),
        storedBytes,
        dropped,
        counters.throttledCount(),
        counters.maskedCount());
  }
}
