package dev.retrospec.inspection;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.PatternPageView.OccurrenceLine;
import dev.retrospec.inspection.PatternPageView.TestShare;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.patterns.PatternView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads the page of one pattern of failures. */
@ApplicationScoped
public class PatternInspection {

  /** Of all occurrences; a flaky test has thousands. */
  private static final int MAX_OCCURRENCES = 100;

  private static final int MAX_TESTS = 10;

  private static final String OCCURRENCES =
      """
      select o.test_run_id, o.test_name, o.commit_hash, o.branch, o.author, o.similarity, o.seen_at,
        r.id is not null as is_stored, r.pr_number
      from pattern_occurrence o
      left join test_run r on r.project_id = o.project_id and r.id = o.test_run_id
      where o.project_id = :project and o.pattern_id = :pattern
      order by o.seen_at desc, o.test_run_id, o.test_name
      limit :rows
      """;

  private static final String TESTS =
      """
      select o.test_name, c.id as test_case_id, o.occurrences
      from (
        select test_name, count(*)::int as occurrences
        from pattern_occurrence
        where project_id = :project and pattern_id = :pattern
        group by test_name
        order by occurrences desc, test_name
        limit :rows) o
      left join test_case c on c.project_id = :project and c.name = o.test_name
      order by o.occurrences desc, o.test_name
      """;

  private final Jdbi jdbi;
  private final PatternQueries patterns;

  @Inject
  public PatternInspection(Jdbi jdbi, PatternQueries patterns) {
    this.jdbi = jdbi;
    this.patterns = patterns;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternInspection() {
    this(null, null);
  }

  /** Empty when the project has no such pattern. */
  public Optional<PatternPageView> open(ProjectId project, PatternId pattern) {
    return patterns
        .find(project, pattern)
        .map(found -> jdbi.withHandle(handle -> page(handle, project, found)));
  }

  /** The pattern that has taken this one over; empty when none has. */
  public Optional<PatternId> successor(ProjectId project, PatternId merged) {
    return patterns.successor(project, merged);
  }

  private PatternPageView page(Handle handle, ProjectId project, PatternView pattern) {
    PatternId id = pattern.id();
    List<OccurrenceLine> occurrences =
        on(handle, OCCURRENCES, project, id)
            .bind("rows", MAX_OCCURRENCES + 1)
            .map(ConstructorMapper.of(OccurrenceLine.class))
            .list();
    boolean hasMore = occurrences.size() > MAX_OCCURRENCES;
    return new PatternPageView(
        pattern,
        PatternSightings.days(patterns, project, List.of(id)).get(id),
        on(handle, TESTS, project, id)
            .bind("rows", MAX_TESTS)
            .map(ConstructorMapper.of(TestShare.class))
            .list(),
        hasMore ? occurrences.subList(0, MAX_OCCURRENCES) : occurrences,
        hasMore,
        PatternSightings.issues(handle, project, List.of(id)).getOrDefault(id, List.of()));
  }

  private static Query on(Handle handle, String sql, ProjectId project, PatternId pattern) {
    return handle.createQuery(sql).bind("project", project).bind("pattern", pattern);
  }
}
