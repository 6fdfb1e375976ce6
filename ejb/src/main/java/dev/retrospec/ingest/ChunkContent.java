package dev.retrospec.ingest;

import dev.retrospec.recordings.EncodedEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request's body after the streaming pass: events encoded, the rest as the client told it.
 *
 * @param sessionId where the body, and not the address, names the session
 * @param seq where the body, and not the address, numbers the chunk
 * @param site where the body, and not its session, names the site: it counts before the other
 * @param sha256 of the decompressed body
 */
record ChunkContent(
    @Nullable String sessionId,
    @Nullable Integer seq,
    @Nullable String site,
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

    private static final int MAX_REASONS = 30;
    private static final int MAX_REASON = 60;

    static final CounterFields NONE = new CounterFields(null, null, null);

    Map<String, Long> droppedByReason() {
      Map<String, Long> byReason = new HashMap<>();
      if (dropped != null) {
        dropped.entrySet().stream()
            .limit(MAX_REASONS)
            .forEach(
                entry -> {
                  String reason = IncomingText.plain(entry.getKey(), MAX_REASON);
                  if (reason != null) {
                    byReason.put(reason, count(entry.getValue()));
                  }
                });
      }
      return byReason;
    }

    long throttledCount() {
      return count(throttled);
    }

    long maskedCount() {
      return count(masked);
    }

    /** A forged number must not overflow the session's sum. */
    private static long count(@Nullable Long told) {
      return told == null ? 0 : Math.max(0, Math.min(told, Integer.MAX_VALUE));
    }
  }
}
