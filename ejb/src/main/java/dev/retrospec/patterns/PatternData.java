package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
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

  /** Of a project in one cleanup, which has one transaction for it; the next one goes on. */
  private static final int MAX_AT_ONCE = 5_000;

  /** What a page shows of the past, and some more. */
  private static final Duration OCCURRENCES_KEPT = Duration.ofDays(400);

  private static final String PROJECTS =
      """
      select distinct project_id from failure_pattern
      where occurrence_count = 1 and last_seen < :before and decision is null
      order by project_id
      """;

  private static final String DELETE =
      """
      delete from failure_pattern p using (
        select project_id, id from failure_pattern
        where project_id = :project and occurrence_count = 1 and last_seen < :before
          and decision is null
        order by last_seen limit :most) expired
      where p.project_id = expired.project_id and p.id = expired.id
      returning p.id, p.words
      """;

  /** What people said of them says nothing any more. */
  private static final String RULES =
      """
      delete from pattern_link_rule
      where project_id = :project and pattern_id = any(:ids)
      """;

  private final Jdbi jdbi;
  private final Patterns patterns;
  private final SignatureStore store;
  private final WordCounts words;
  private final PatternConfig config;
  private final Clock clock;

  @Inject
  public PatternData(
      Jdbi jdbi,
      Patterns patterns,
      SignatureStore store,
      WordCounts words,
      PatternConfig config,
      Clock clock) {
    this.jdbi = jdbi;
    this.patterns = patterns;
    this.store = store;
    this.words = words;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternData() {
    this(null, null, null, null, null, null);
  }

  private record Expired(PatternId id, List<Integer> words) {}

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  @Override
  @Transactional
  public Deleted sweep(Instant before) {
    Instant now = clock.instant();
    Instant expired = now.minus(config.retention());
    for (ProjectId project : projects(expired)) {
      patterns.lock(project);
      forget(project, delete(project, expired));
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from pattern_occurrence where seen_at < :before")
                .bind("before", now.minus(OCCURRENCES_KEPT))
                .execute());
    return Deleted.NOTHING;
  }

  private void forget(ProjectId project, List<Expired> gone) {
    List<String> ids = gone.stream().map(pattern -> pattern.id.value()).toList();
    store.remove(project, Origin.CI, ids);
    words.add(project, gone.stream().map(Expired::words).toList(), -1);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(RULES)
                .bind("project", project)
                .bindArray("ids", String.class, ids)
                .execute());
  }

  private List<ProjectId> projects(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle.createQuery(PROJECTS).bind("before", before).mapTo(ProjectId.class).list());
  }

  private List<Expired> delete(ProjectId project, Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DELETE)
                .bind("project", project)
                .bind("before", before)
                .bind("most", MAX_AT_ONCE)
                .map(
                    (row, context) ->
                        new Expired(
                            new PatternId(row.getString("id")),
                            List.of((Integer[]) row.getArray("words").getArray())))
                .list());
  }
}
