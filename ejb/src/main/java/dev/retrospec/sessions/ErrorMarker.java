package dev.retrospec.sessions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored marker, as the contract's {@code Session.markers} shows it.
 *
 * @param error what was thrown, with the browser's stack and the one after source maps; null when
 *     nothing was, or where it was not asked for
 */
public record ErrorMarker(
    MarkerId id,
    SessionId sessionId,
    ClusterKey clusterKey,
    String label,
    @Nullable String evidence,
    long replayOffsetMs,
    MarkerKind kind,
    @Nullable String subkind,
    Instant observedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ErrorDetail error) {

  /** The same without what was thrown. */
  public ErrorMarker withoutError() {
    return new ErrorMarker(
        id,
        sessionId,
        clusterKey,
        label,
        evidence,
        replayOffsetMs,
        kind,
        subkind,
        observedAt,
        null);
  }
}
