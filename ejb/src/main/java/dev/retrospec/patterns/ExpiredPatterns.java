package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Patterns whose time is over, with all that the memory holds of them. */
@ApplicationScoped
public class ExpiredPatterns {

  /** Of a project in one cleanup, which has one transaction for it; the next one goes on. */
  private static final int MAX_AT_ONCE = 5_000;

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

  @Inject
  public ExpiredPatterns(Jdbi jdbi, Patterns patterns, SignatureStore store, WordCounts words) {
    this.jdbi = jdbi;
    this.patterns = patterns;
    this.store = store;
    this.words = words;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ExpiredPatterns() {
    this(null, null, null, null);
  }

  private record Expired(PatternId id, List<Integer> words) {}

  /** Forgets a project's, and makes its runs wait for no longer than that takes. */
  @Transactional
  public void forget(ProjectId project, Instant before) {
    patterns.lock(project);
    forget(project, delete(project, before));
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
