package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored marker, as the contract's {@code Session.markers} shows it. */
public record ErrorMarker(
    MarkerId id,
    SessionId sessionId,
    ClusterKey clusterKey,
    String label,
    @Nullable String evidence,
    long replayOffsetMs,
    MarkerKind kind,
    @Nullable String subkind,
    Instant observedAt) {}
