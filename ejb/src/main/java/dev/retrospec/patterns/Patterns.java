package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The patterns' rows and their occurrences, as they are written. In the caller's transaction. */
@ApplicationScoped
public class Patterns {

  /** A pattern may carry 20 KB of text; a statement stays at some megabytes. */
  private static final int BATCH = 200;

  /** Of branches and authors, the latest; of files, the first. */
  private static final int MAX_LABELS = 50;

  private static final int MAX_FILES = 100;

  private static final String LOCK =
      "select 1 from pg_advisory_xact_lock(hashtextextended('failure memory ' || :project, 0))";

  private static final String ADD =
      """
      insert into failure_pattern
        (project_id, id, summary, error_type, error_message, stack_trace, test_name, words,
         occurrence_count, run_count, first_seen, last_seen)
      select :project, g.id, g.summary, g.type, g.message, g.stack, g.test, g.words, 0, 0,
             g.seen, g.seen
      from jsonb_to_recordset(cast(:patterns as jsonb))
        as g(id text, summary text, type text, message text, stack text, test text,
             words integer[], seen timestamptz)
      """;

  private static final String OCCURRED =
      """
      insert into pattern_occurrence
        (project_id, test_run_id, test_name, pattern_id, commit_hash, branch, author, similarity,
         seen_at)
      select :project, g.run, g.test, g.pattern, g.commit, g.branch, g.author, g.similarity, g.seen
      from jsonb_to_recordset(cast(:occurrences as jsonb))
        as g(run text, test text, pattern text, commit text, branch text, author text,
             similarity float8, seen timestamptz)
      on conflict (project_id, test_run_id, test_name) do nothing
      """;

  private static final String SEEN =
      """
      update failure_pattern p set
        occurrence_count = p.occurrence_count + g.occurrences,
        run_count = p.run_count + g.runs,
        first_seen = least(p.first_seen, g.first),
        last_seen = greatest(p.last_seen, g.last),
        branches = array(
          select u.label from unnest(g.branches || p.branches) with ordinality as u(label, place)
          group by u.label order by min(u.place) limit :labels),
        authors = array(
          select u.label from unnest(g.authors || p.authors) with ordinality as u(label, place)
          group by u.label order by min(u.place) limit :labels),
        affected_files = array(
          select u.label from unnest(p.affected_files || g.files) with ordinality as u(label, place)
          group by u.label order by min(u.place) limit :files)
      from jsonb_to_recordset(cast(:seen as jsonb))
        as g(pattern text, occurrences integer, runs integer, first timestamptz, last timestamptz,
             branches text[], authors text[], files text[])
      where p.project_id = :project and p.id = g.pattern
      """;

  private static final String HEADS =
      """
      select id, summary, occurrence_count, last_seen from failure_pattern
      where project_id = :project and id = any(:ids)
      """;

  private final Jdbi jdbi;

  @Inject
  public Patterns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Patterns() {
    this(null);
  }

  /** A pattern that nobody had seen, before its first occurrence is counted. */
  record NewPattern(
      String id,
      String summary,
      String type,
      String message,
      @Nullable String stack,
      String test,
      Collection<Integer> words,
      Instant seen) {}

  /** A test that failed so. */
  record NewOccurrence(
      String run,
      String test,
      String pattern,
      String commit,
      String branch,
      String author,
      double similarity,
      Instant seen) {}

  /** What adds up to a pattern. */
  record Seen(
      String pattern,
      int occurrences,
      int runs,
      Instant first,
      Instant last,
      Collection<String> branches,
      Collection<String> authors,
      Collection<String> files) {}

  /** A test of a run. */
  record Place(TestRunId testRunId, String testName) {}

  /** A pattern in short. */
  public record Head(PatternId id, String summary, int occurrenceCount, Instant lastSeen) {}

  /**
   * One at a time for each project until the transaction ends: two runs with the same new failure
   * make one pattern.
   */
  void lock(ProjectId project) {
    jdbi.useHandle(
        handle -> handle.createQuery(LOCK).bind("project", project).mapTo(Integer.class).one());
  }

  /** What these runs have been remembered with. */
  Map<Place, PatternId> remembered(ProjectId project, Set<TestRunId> runs) {
    Map<Place, PatternId> remembered = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select test_run_id, test_name, pattern_id from pattern_occurrence"
                        + " where project_id = :project and test_run_id = any(:runs)")
                .bind("project", project)
                .bindArray("runs", String.class, runs.stream().map(TestRunId::value).toList())
                .map(
                    (row, context) ->
                        Map.entry(
                            new Place(new TestRunId(row.getString(1)), row.getString(2)),
                            new PatternId(row.getString(3))))
                .forEach(each -> remembered.put(each.getKey(), each.getValue())));
    return remembered;
  }

  void add(ProjectId project, List<NewPattern> patterns) {
    each(patterns, BATCH, batch -> update(ADD, project, "patterns", batch));
  }

  void occurred(ProjectId project, List<NewOccurrence> occurrences) {
    each(occurrences, BATCH * 10, batch -> update(OCCURRED, project, "occurrences", batch));
  }

  void seen(ProjectId project, List<Seen> seen) {
    each(seen, BATCH * 5, batch -> update(SEEN, project, "seen", batch));
  }

  private void update(String sql, ProjectId project, String name, List<?> rows) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(sql)
                .bind("project", project)
                .bind(name, Json.write(rows))
                .bindMap(
                    sql.equals(SEEN) ? Map.of("labels", MAX_LABELS, "files", MAX_FILES) : Map.of())
                .execute());
  }

  private interface Step<T> {
    void on(List<T> batch);
  }

  private static <T> void each(List<T> rows, int size, Step<T> step) {
    for (int from = 0; from < rows.size(); from += size) {
      step.on(rows.subList(from, Math.min(rows.size(), from + size)));
    }
  }

  /** Those that are there. */
  Map<PatternId, Head> heads(ProjectId project, Collection<PatternId> ids) {
    Map<PatternId, Head> heads = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(HEADS)
                  .bind("project", project)
                  .bindArray(
                      "ids",
                      String.class,
                      new ArrayList<>(ids.stream().map(PatternId::value).toList()))
                  .map(ConstructorMapper.of(Head.class))
                  .forEach(head -> heads.put(head.id(), head)));
    }
    return heads;
  }
}
