package dev.retrospec.sessions;

import dev.retrospec.ids.MarkerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure as the browser reported it, scrubbed and bounded, before it has a cluster.
 *
 * @param hint the client's own idea of a cluster key; may be absent or wrong
 * @param label what a person would call it; never blank
 * @param route the path it happened on, as reported; the fingerprint normalises it
 * @param replayOffsetMs milliseconds since the session's start, 0 or more
 * @param fingerprint the parts by which the client itself groups it, in its order; empty when it
 *     does not
 */
public record ObservedMarker(
    MarkerId id,
    MarkerKind kind,
    @Nullable String subkind,
    @Nullable String hint,
    String label,
    @Nullable String evidence,
    String route,
    long replayOffsetMs,
    @Nullable ErrorDetail error,
    @Nullable RequestDetail request,
    @Nullable ElementDetail element,
    List<String> fingerprint,
    Instant observedAt) {

  /** A client gives at most so many parts. */
  public static final int MAX_FINGERPRINT_PARTS = 10;

  /** Of one part, in characters. */
  public static final int MAX_FINGERPRINT_PART = 200;

  public ObservedMarker {
    fingerprint = List.copyOf(fingerprint);
  }

  /** The same with more known of what was thrown. */
  public ObservedMarker withError(@Nullable ErrorDetail known) {
    return new ObservedMarker(
        id,
        kind,
        subkind,
        hint,
        label,
        evidence,
        route,
        replayOffsetMs,
        known,
        request,
        element,
        fingerprint,
        observedAt);
  }
}
