package dev.retrospec.ingest;

import dev.retrospec.recordings.EncodedEvents;
import dev.retrospec.sessions.RecorderCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request's body after the streaming pass: events encoded, the rest as the client told it.
 *
 * @param sessionId where the body, and not the address, names the session
 * @param seq where the body, and not the address, numbers the chunk
 * @param rulesVersion the rules that the recorder follows; null when it does not say
 * @param site where the body, and not its session, names the site: it counts before the other
 * @param sha256 of the decompressed body
 */
record ChunkContent(
    @Nullable String sessionId,
    @Nullable Integer seq,
    @Nullable Integer rulesVersion,
    @Nullable String site,
    SessionFields session,
    @Nullable String windowId,
    @Nullable String reason,
    EncodedEvents events,
    List<@Nullable MarkerFields> markers,
    CounterFields counters,
    byte[] sha256) {

  /** What the recorder counted, as told. */
  record CounterFields(
      @Nullable Map<String, @Nullable Long> dropped,
      @Nullable Long throttled,
      @Nullable Map<String, @Nullable Long> reduced,
      @Nullable Long masked,
      @Nullable Long maskable,
      @Nullable Long assetsMissing,
      @Nullable Long clockJumps) {

    private static final int MAX_REASONS = 30;
    private static final int MAX_REASON = 60;

    static final CounterFields NONE = new CounterFields(null, null, null, null, null, null, null);

    /**
     * @param unlisted events that the timeline has no room for; that is ours to say
     */
    RecorderCounts counts(long unlisted) {
      Map<String, Long> lost = byReason(dropped);
      lost.remove(RecorderCounts.UNLISTED);
      lost.putAll(RecorderCounts.unlisted(unlisted).dropped());
      return new RecorderCounts(
          lost,
          count(throttled),
          byReason(reduced),
          count(masked),
          count(maskable),
          count(assetsMissing),
          count(clockJumps));
    }

    private static Map<String, Long> byReason(@Nullable Map<String, @Nullable Long> told) {
      Map<String, Long> byReason = new HashMap<>();
      if (told != null) {
        told.entrySet().stream()
            .limit(MAX_REASONS)
            .forEach(
                entry -> {
                  String reason = IncomingText.plain(entry.getKey(), MAX_REASON);
                  long count = count(entry.getValue());
                  if (reason != null && count > 0) {
                    byReason.put(reason, count);
                  }
                });
      }
      return byReason;
    }

    /** A forged number must not overflow the session's sum. */
    private static long count(@Nullable Long told) {
      return told == null ? 0 : Math.max(0, Math.min(told, Integer.MAX_VALUE));
    }
  }
}
