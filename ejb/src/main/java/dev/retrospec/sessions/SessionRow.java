package dev.retrospec.sessions;

import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a list of sessions. */
public record SessionRow(
    SessionId id,
    String site,
    String route,
    @Nullable String url,
    SessionStatus status,
    Instant startedAt,
    long durationMs,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String org,
    @Nullable String release,
    @Nullable String browser,
    @Nullable String os,
    @Nullable String device,
    List<String> tags,
    int chunkCount,
    long eventCount,
    int markerCount,
    int errorCount,
    int rageCount,
    Completeness completeness) {}
