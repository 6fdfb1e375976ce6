package dev.retrospec.ingest;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.NewChunk;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionFacts;
import dev.retrospec.sessions.SessionGrowth;
import java.util.List;

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
    return new SessionGrowth(
        1,
        chunk.events().eventCount(),
        storedBytes,
        number,
        chunk.isParting(),
        counters.counts(chunk.events().timelineDropped()));
  }
}
