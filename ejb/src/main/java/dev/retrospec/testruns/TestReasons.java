package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.Evidence.FileHistory;
import dev.retrospec.recommendations.Evidence.PatternLink;
import dev.retrospec.recommendations.NameAffinity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;

/**
 * What past runs say for running a test after this one: it went red when these files changed, it
 * failed as tests fail now, these files stand in its stacks. Three questions, each with a bound.
 */
final class TestReasons {

  private static final int MAX_PATTERNS = 20;

  /**
   * The newest runs that touched a place and in which something was newly red; each counts half
   * after two weeks. Of a test, only those since it is known; of no test, all of them.
   */
  private static final String HISTORIES =
      """
      with touched as (
        select w.place, t.test_run_id, t.created_at,
               power(0.5, greatest(0, extract(epoch from cast(:now as timestamptz) - t.created_at))
                 / 1209600.0) as weight
        from unnest(:places) as w(place)
        cross join lateral (
          select f.test_run_id, f.created_at from test_run_file f
          where f.project_id = :project and f.%1$s = w.place and f.test_run_id <> :run
          order by f.created_at desc limit 100) t),
      reds as materialized (
        select distinct t.place, t.created_at, t.weight, f.test_case_id, f.test_run_id
        from touched t
        join failed_test f on f.project_id = :project and f.test_run_id = t.test_run_id
        where not f.is_flaky and f.is_new_on_branch is not false),
      runs as materialized (
        select place, test_run_id, max(created_at) as created_at, max(weight) as weight
        from reds group by place, test_run_id),
      failures as (
        select place, test_case_id, sum(weight) as weight
        from reds group by place, test_case_id
        order by weight desc limit 500)
      select f.test_case_id, f.place, sum(r.weight) as runs, f.weight as failures
      from failures f
      join test_case c on c.id = f.test_case_id
      join runs r on r.place = f.place and r.created_at >= c.first_seen
      group by f.test_case_id, f.place, f.weight
      union all
      select null, place, sum(weight), 0 from runs group by place
      """;

  private static final String LINKS =
      """
      with shown as materialized (
        select p.id as pattern, o.test_case_id, o.test_run_id
        from unnest(:patterns) as p(id)
        cross join lateral (
          select f.test_case_id, f.test_run_id from failed_test f
          where f.project_id = :project and f.pattern_id = p.id
          order by f.id desc limit 500) o)
      select s.pattern, s.test_case_id, count(*) as failures, r.runs
      from shown s
      join (select pattern, count(distinct test_run_id) as runs from shown group by pattern) r
        on r.pattern = s.pattern
      group by s.pattern, s.test_case_id, r.runs
      """;

  private static final String FRAMES =
      """
      select distinct f.test_case_id, n.name
      from (
        select test_case_id, frame_files from failed_test
        where project_id = :project and test_run_id <> :run and frame_files && :names limit 500) f
      cross join lateral unnest(f.frame_files) as n(name)
      where n.name = any(:names)
      """;

  private final Jdbi jdbi;
  private final ProjectId project;
  private final TestRunId run;
  private final Map<Long, Reasons> byTest = new LinkedHashMap<>();
  private final Map<String, Double> redRuns = new HashMap<>();

  /** What speaks for one test; grows while the history is asked. */
  record Reasons(List<FileHistory> histories, List<PatternLink> patterns, Set<String> frames) {

    private Reasons() {
      this(new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
    }
  }

  private TestReasons(Jdbi jdbi, ProjectId project, TestRunId run) {
    this.jdbi = jdbi;
    this.project = project;
    this.run = run;
  }

  static TestReasons of(
      Jdbi jdbi,
      ProjectId project,
      TestRunId run,
      List<ChangedFile> files,
      Collection<SimilarPattern> similar,
      Instant now) {
    TestReasons reasons = new TestReasons(jdbi, project, run);
    reasons.findHistories(files, now);
    reasons.findPatterns(similar);
    reasons.findFrames(files);
    return reasons;
  }

  /** Tests that something speaks for. */
  Set<Long> tests() {
    return byTest.keySet();
  }

  /** None for a test that nothing speaks for. */
  Reasons of(long test) {
    return byTest.getOrDefault(test, new Reasons());
  }

  /** By path and folder: the weight of the runs that touched it and in which tests were red. */
  Map<String, Double> redRuns() {
    return redRuns;
  }

  private Reasons found(long test) {
    return byTest.computeIfAbsent(test, id -> new Reasons());
  }

  private void findHistories(List<ChangedFile> files, Instant now) {
    if (!files.isEmpty()) {
      findHistories("path", files.stream().map(ChangedFile::path).toList(), now);
      findHistories(
          "folder",
          files.stream().map(ChangedFile::folder).filter(one -> !one.isEmpty()).distinct().toList(),
          now);
    }
  }

  private void findHistories(String column, List<String> places, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(String.format(HISTORIES, column))
                .bind("project", project)
                .bind("run", run)
                .bind("now", now)
                .bindArray("places", String.class, places)
                .map(
                    (row, context) -> {
                      String place = row.getString("place");
                      double runs = row.getDouble("runs");
                      long test = row.getLong("test_case_id");
                      return row.wasNull()
                          ? redRuns.put(place, runs)
                          : found(test)
                              .histories
                              .add(new FileHistory(place, runs, row.getDouble("failures")));
                    })
                .forEach(ignored -> {}));
  }

  private void findPatterns(Collection<SimilarPattern> similar) {
    Map<String, SimilarPattern> byId = new LinkedHashMap<>();
    similar.stream()
        .limit(MAX_PATTERNS)
        .forEach(pattern -> byId.put(pattern.patternId().value(), pattern));
    if (byId.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(LINKS)
                .bind("project", project)
                .bindArray("patterns", String.class, List.copyOf(byId.keySet()))
                .map(
                    (row, context) -> {
                      SimilarPattern pattern = byId.get(row.getString("pattern"));
                      return found(row.getLong("test_case_id"))
                          .patterns
                          .add(
                              new PatternLink(
                                  pattern.summary(),
                                  pattern.similarity(),
                                  row.getInt("runs"),
                                  row.getInt("failures"),
                                  pattern.occurrenceCount()));
                    })
                .forEach(ignored -> {}));
  }

  private void findFrames(List<ChangedFile> files) {
    Map<String, String> pathByName = new HashMap<>();
    files.stream()
        .filter(file -> !NameAffinity.words(file.stem()).isEmpty()) // "index.ts" is no evidence
        .forEach(file -> pathByName.putIfAbsent(file.baseName(), file.path()));
    if (pathByName.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(FRAMES)
                .bind("project", project)
                .bind("run", run)
                .bindArray("names", String.class, List.copyOf(pathByName.keySet()))
                .map(
                    (row, context) ->
                        found(row.getLong("test_case_id"))
                            .frames
                            .add(pathByName.get(row.getString("name"))))
                .forEach(ignored -> {}));
  }
}
