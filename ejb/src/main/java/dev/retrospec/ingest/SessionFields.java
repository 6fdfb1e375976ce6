package dev.retrospec.ingest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as a client tells it, unchecked.
 *
 * @param startedAt RFC 3339
 */
public record SessionFields(
    @Nullable String id,
    @Nullable String site,
    @Nullable String route,
    @Nullable String startedAt,
    @Nullable Long durationMs,
    @Nullable String eventsObjectKey,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String org,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String url,
    @Nullable String userAgent,
    @Nullable ViewportFields viewport,
    @Nullable Map<String, String> experiment,
    @Nullable List<@Nullable String> tags) {

  /** The window's size in CSS pixels. */
  public record ViewportFields(@Nullable Integer width, @Nullable Integer height) {}
}
