package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.platform.persistence.LikePattern;
import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.Evidence;
import dev.retrospec.recommendations.Evidence.Candidate;
import dev.retrospec.recommendations.Evidence.FileHistory;
import dev.retrospec.recommendations.Evidence.PatternLink;
import dev.retrospec.recommendations.NameAffinity;
import dev.retrospec.recommendations.RecommendedTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import org.jspecify.annotations.Nullable;

/**
 * Which tests of the catalogue there is a reason to run, with what speaks for each: five questions
 * to the history, each with a bound.
 */
@ApplicationScoped
public class CandidateTests {

  private static final int MAX_FILES = 200;
  private static final int MAX_WORDS = 30;
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

  private static final String TESTS =
      """
      with wanted as (
        select id from unnest(:ids) as w(id)
        union
        (select id from test_case
         where project_id = :project and (name ilike any(:words) or file ilike any(:words))
         limit 300)
        union
        (select id from test_case
         where project_id = :project and file = any(:paths) limit 300)
        union
        (select id from test_case
         where project_id = :project and failure_rate > 0.1
         order by failure_rate desc limit 50))
      select c.id, c.name, c.file, c.failure_rate, c.failures, c.flaky, c.mean_duration_ms
      from test_case c join wanted w on w.id = c.id
      where c.project_id = :project
      """;

  private static final String ADD =
      """
      insert into recommended_test
        (project_id, test_run_id, position, test_case_id, test_name, reason, confidence_score)
      select :project, :run, r.position - 1, c.id, r.name, r.reason, r.score
      from unnest(:names, :reasons, :scores) with ordinality as r(name, reason, score, position)
      join test_case c on c.project_id = :project and c.name = r.name
      """;

  private final Jdbi jdbi;

  @Inject
  public CandidateTests(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected CandidateTests() {
    this.jdbi = null;
  }

  /** Everything that speaks for a test; grows while the history is asked. */
  private static final class Speaking {
    final List<FileHistory> histories = new ArrayList<>();
    final List<PatternLink> patterns = new ArrayList<>();
    final Set<String> frames = new TreeSet<>();
  }

  /** The evidence for what to run after this run. */
  Evidence evidence(
      ProjectId project,
      TestRunId run,
      List<ChangedFile> changed,
      List<RedTest> reds,
      Collection<SimilarPattern> similar,
      Instant now) {
    List<ChangedFile> files = changed.stream().limit(MAX_FILES).toList();
    Map<Long, Speaking> speaking = new LinkedHashMap<>();
    reds.forEach(red -> speaking.put(red.caseId(), new Speaking()));
    Map<String, Double> redRuns = histories(project, run, files, now, speaking);
    links(project, similar, speaking);
    frames(project, run, files, speaking);
    Map<Long, RedTest> redById = new HashMap<>();
    reds.forEach(red -> redById.put(red.caseId(), red));
    return new Evidence(files, redRuns, candidates(project, files, speaking, redById));
  }

  private Map<String, Double> histories(
      ProjectId project,
      TestRunId run,
      List<ChangedFile> files,
      Instant now,
      Map<Long, Speaking> speaking) {
    Map<String, Double> redRuns = new HashMap<>();
    if (!files.isEmpty()) {
      List<String> paths = files.stream().map(ChangedFile::path).toList();
      List<String> folders =
          files.stream().map(ChangedFile::folder).filter(one -> !one.isEmpty()).distinct().toList();
      histories(project, run, "path", paths, now, speaking, redRuns);
      histories(project, run, "folder", folders, now, speaking, redRuns);
    }
    return redRuns;
  }

  private void histories(
      ProjectId project,
      TestRunId run,
      String column,
      List<String> places,
      Instant now,
      Map<Long, Speaking> speaking,
      Map<String, Double> redRuns) {
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
                          : of(speaking, test)
                              .histories
                              .add(new FileHistory(place, runs, row.getDouble("failures")));
                    })
                .forEach(ignored -> {}));
  }

  private void links(
      ProjectId project, Collection<SimilarPattern> similar, Map<Long, Speaking> speaking) {
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
                      return of(speaking, row.getLong("test_case_id"))
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

  private void frames(
      ProjectId project, TestRunId run, List<ChangedFile> files, Map<Long, Speaking> speaking) {
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
                        of(speaking, row.getLong("test_case_id"))
                            .frames
                            .add(pathByName.get(row.getString("name"))))
                .forEach(ignored -> {}));
  }

  private List<Candidate> candidates(
      ProjectId project,
      List<ChangedFile> files,
      Map<Long, Speaking> speaking,
      Map<Long, RedTest> reds) {
    List<String> words =
        NameAffinity.searchWords(files, MAX_WORDS).stream().map(LikePattern::containing).toList();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TESTS)
                .bind("project", project)
                .bindArray("ids", Long.class, List.copyOf(speaking.keySet()))
                .bindArray("words", String.class, words)
                .bindArray("paths", String.class, files.stream().map(ChangedFile::path).toList())
                .map(
                    (row, context) -> {
                      long id = row.getLong("id");
                      Speaking said = speaking.getOrDefault(id, new Speaking());
                      double mean = row.getDouble("mean_duration_ms");
                      Double known = row.wasNull() ? null : (Double) mean;
                      return new Candidate(
                          row.getString("name"),
                          row.getString("file"),
                          known,
                          Math.min(1, Math.max(0, row.getDouble("failure_rate"))),
                          row.getDouble("flaky") / (row.getDouble("failures") + 1),
                          red(reds.get(id)),
                          said.histories,
                          said.patterns,
                          List.copyOf(said.frames));
                    })
                .list());
  }

  private static Evidence.@Nullable Red red(@Nullable RedTest red) {
    return red == null ? null : new Evidence.Red(red.remembered().pattern().value(), red.isFlaky());
  }

  private static Speaking of(Map<Long, Speaking> speaking, long test) {
    return speaking.computeIfAbsent(test, id -> new Speaking());
  }

  /** Keeps what was recommended. */
  void recommended(ProjectId project, TestRunId run, List<RecommendedTest> tests) {
    if (tests.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bind("run", run)
                .bindArray(
                    "names", String.class, tests.stream().map(RecommendedTest::testName).toList())
                .bindArray(
                    "reasons", String.class, tests.stream().map(RecommendedTest::reason).toList())
                .bindArray(
                    "scores",
                    Double.class,
                    tests.stream().map(RecommendedTest::confidenceScore).toList())
                .execute());
  }
}
