package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.platform.persistence.LikePattern;
import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.recommendations.Evidence;
import dev.retrospec.recommendations.Evidence.Candidate;
import dev.retrospec.recommendations.NameAffinity;
import dev.retrospec.recommendations.RecommendedTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which tests of the catalogue there is a reason to run, with what speaks for each. */
@ApplicationScoped
public class CandidateTests {

  private static final int MAX_FILES = 200;
  private static final int MAX_WORDS = 30;

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

  /** The evidence for what to run after this run. */
  Evidence evidence(
      ProjectId project,
      TestRunId run,
      List<ChangedFile> changed,
      List<RedTest> reds,
      Collection<SimilarPattern> similar,
      Instant now) {
    List<ChangedFile> files = changed.stream().limit(MAX_FILES).toList();
    Map<Long, RedTest> redById = new HashMap<>();
    reds.forEach(red -> redById.put(red.caseId(), red));
    TestReasons reasons = TestReasons.of(jdbi, project, run, files, similar, now);
    return new Evidence(files, reasons.redRuns(), candidates(project, files, reasons, redById));
  }

  private List<Candidate> candidates(
      ProjectId project, List<ChangedFile> files, TestReasons reasons, Map<Long, RedTest> reds) {
    Set<Long> ids = new HashSet<>(reasons.tests());
    ids.addAll(reds.keySet());
    List<String> words =
        NameAffinity.searchWords(files, MAX_WORDS).stream().map(LikePattern::containing).toList();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TESTS)
                .bind("project", project)
                .bindArray("ids", Long.class, List.copyOf(ids))
                .bindArray("words", String.class, words)
                .bindArray("paths", String.class, files.stream().map(ChangedFile::path).toList())
                .map(
                    (row, context) -> {
                      long id = row.getLong("id");
                      TestReasons.Reasons said = reasons.of(id);
                      double mean = row.getDouble("mean_duration_ms");
                      Double known = row.wasNull() ? null : (Double) mean;
                      return new Candidate(
                          row.getString("name"),
                          row.getString("file"),
                          known,
                          Math.min(1, Math.max(0, row.getDouble("failure_rate"))),
                          row.getDouble("flaky") / (row.getDouble("failures") + 1),
                          red(reds.get(id)),
                          said.histories(),
                          said.patterns(),
                          List.copyOf(said.frames()));
                    })
                .list());
  }

  private static Evidence.@Nullable Red red(@Nullable RedTest red) {
    return red == null ? null : new Evidence.Red(red.failureKey(), red.isFlaky());
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
