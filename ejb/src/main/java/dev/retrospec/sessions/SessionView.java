package dev.retrospec.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One session as it is stored.
 *
 * @param statusReason why it failed, a word in snake case; null unless it did
 * @param createdAt when the server first heard of it
 * @param experiment from experiment to variant
 */
public record SessionView(
    SessionId id,
    ProjectId projectId,
    String site,
    String route,
    @Nullable String url,
    SessionStatus status,
    @Nullable String statusReason,
    Instant startedAt,
    Instant endedAt,
    long durationMs,
    @Nullable String eventsObjectKey,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String org,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String userAgent,
    @Nullable String browser,
    @Nullable String os,
    @Nullable String device,
    @Nullable Integer viewportWidth,
    @Nullable Integer viewportHeight,
    Map<String, String> experiment,
    List<String> tags,
    List<SessionLink> links,
    int chunkCount,
    long eventCount,
    long storedBytes,
    int markerCount,
    int errorCount,
    int rageCount,
    int deadCount,
    Completeness completeness,
    Instant createdAt,
    Instant updatedAt) {

  /** Whose chunks hold the events: the session that the events' key names, else this one. */
  public SessionId recordedAs() {
    return EventsObjectKey.sessionOf(projectId, eventsObjectKey).orElse(id);
  }
}
