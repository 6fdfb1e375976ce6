package dev.retrospec.sessions;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client tells about a visit, scrubbed and bounded. What is null was not told and leaves
 * what is stored as it is.
 *
 * @param startedAt by the browser's clock
 * @param endedAt the last moment that is known by now, not before {@code startedAt}
 * @param extent what the two times mean
 * @param eventsObjectKey what a legacy client got from its upload
 * @param experimentJson a JSON object from experiment to variant
 */
public record SessionFacts(
    String site,
    @Nullable String route,
    @Nullable String url,
    Instant startedAt,
    Instant endedAt,
    Extent extent,
    @Nullable String eventsObjectKey,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String org,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String userAgent,
    @Nullable UserAgent browser,
    @Nullable Integer viewportWidth,
    @Nullable Integer viewportHeight,
    @Nullable String experimentJson,
    List<String> tags) {

  /** What a start and an end say about a session that is known already. */
  public enum Extent {
    /** The client says so: they replace what was known. */
    REPORTED,
    /** Part of the session was seen there: what was known widens. */
    OBSERVED,
    /** The best guess until somebody says or sees more: what was known stays. */
    ASSUMED
  }

  public SessionFacts {
    tags = List.copyOf(tags);
    if (endedAt.isBefore(startedAt)) {
      throw new IllegalArgumentException("a session cannot end before it starts");
    }
  }
}
