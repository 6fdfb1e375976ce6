package dev.retrospec.ingest;

import dev.retrospec.recordings.EncodedEvents;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request's body after the streaming pass: events encoded, the rest as the client told it.
 *
 * @param sessionId where the body, and not the address, names the session
 * @param sha256 of the decompressed body
 */
record ChunkContent(
    @Nullable String sessionId,
    SessionFields session,
    @Nullable String windowId,
    @Nullable String reason,
    EncodedEvents events,
    List<@Nullable MarkerFields> markers,
    CounterFields counters,
    byte[] sha256) {

  /** What the recorder left out, as told. */
  record CounterFields(
      @Nullable Map<String, @Nullable Long> dropped,
      @Nullable Long throttled,
      @Nullable Long masked) {

    static final CounterFields NONE = new CounterFields(null, null, null);
  }
}
