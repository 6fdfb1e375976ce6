package dev.retrospec.issues;

/** Which clusters only the project's latest release has shown. */
public final class NewInRelease {

  /** The release that was seen first latest; null for a project that has told none. */
  public static final String LATEST =
      """
      (select release from release_sighting where project_id = :project
       order by first_seen_at desc, release limit 1)
      """;

  /**
   * A condition on a row {@code c} with {@code key} and {@code first_seen_at}; binds {@code
   * project}. Nothing is new in a project's only release, nor where a session without a release
   * shows it, nor what was seen before: hours are forgotten sooner than the failure. An hour is
   * what clocks of browsers and the server may be apart.
   */
  public static final String CONDITION =
      """
      c.first_seen_at >= (
        select max(first_seen_at) - interval '1 hour' from release_sighting
        where project_id = :project having min(first_seen_at) < max(first_seen_at))
      and exists (select from cluster_hour h
        where h.project_id = :project and h.cluster_key = c.key and h.release = %1$s)
      and not exists (select from cluster_hour h
        where h.project_id = :project and h.cluster_key = c.key and h.release <> %1$s)
      """
          .formatted(LATEST);

  private NewInRelease() {}
}
