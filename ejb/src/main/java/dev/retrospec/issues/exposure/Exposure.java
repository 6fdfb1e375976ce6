package dev.retrospec.issues.exposure;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a fix is proven.
 *
 * @param resolvedAt when the issue was resolved
 * @param release the release of the fix; null: whatever ran from then on
 * @param route the page of the path
 * @param clicks labels that were clicked there before it failed, in their order
 * @param walked sessions that have walked the path since, without the failure
 * @param needed so many prove the fix
 * @param provenAt null: not yet
 * @param givenUpAt null: it is proven, or still under way
 */
public record Exposure(
    Instant resolvedAt,
    @Nullable String release,
    String route,
    List<String> clicks,
    int walked,
    int needed,
    @Nullable Instant provenAt,
    @Nullable Instant givenUpAt) {

  public Exposure {
    clicks = List.copyOf(clicks);
  }

  public boolean isProven() {
    return provenAt != null;
  }

  public boolean isGivenUp() {
    return givenUpAt != null;
  }
}
