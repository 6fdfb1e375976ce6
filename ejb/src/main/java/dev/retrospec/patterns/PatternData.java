package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Patterns belong to no session; with the cleanup those go that were seen once and not again for
 * {@code PATTERN_RETENTION_DAYS}, unless somebody decided about them.
 */
@ApplicationScoped
public class PatternData implements ExpiringData {

  /** What a page shows of the past, and some more. */
  private static final Duration OCCURRENCES_KEPT = Duration.ofDays(400);

  private static final String PROJECTS =
      """
      select distinct project_id from failure_pattern
      where occurrence_count = 1 and last_seen < :before and decision is null
      order by project_id
      """;

  private final Jdbi jdbi;
  private final ExpiredPatterns expired;
  private final PatternConfig config;
  private final Clock clock;

  @Inject
  public PatternData(Jdbi jdbi, ExpiredPatterns expired, PatternConfig config, Clock clock) {
    this.jdbi = jdbi;
    this.expired = expired;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternData() {
    this(null, null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  /** In no transaction of the container, so that each project has one of its own. */
  @Override
  public Deleted sweep(Instant before) {
    Instant now = clock.instant();
    Instant seenBefore = now.minus(config.retention());
    projects(seenBefore).forEach(project -> expired.forget(project, seenBefore));
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from pattern_occurrence where seen_at < :before")
                .bind("before", now.minus(OCCURRENCES_KEPT))
                .execute());
    return Deleted.NOTHING;
  }

  private List<ProjectId> projects(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle.createQuery(PROJECTS).bind("before", before).mapTo(ProjectId.class).list());
  }
}
