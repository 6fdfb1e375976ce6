package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.recommendations.ChangedFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The runs themselves, and which files their changes touch. */
@ApplicationScoped
public class TestRuns {

  private static final String ADD =
      """
      insert into test_run
        (project_id, id, repository, commit_hash, branch, job, base_branch, author, status,
         pr_number, git_diff, source, run_url, snapshot_urls, only_failures, duration_ms, tests,
         failed, flaky, skipped, content_hash, idempotency_key, created_at)
      values
        (:project, :id, :repository, :commit, :branch, :job, :base, :author, :status,
         :pr, :diff, :source, :runUrl, cast(:snapshots as jsonb), :onlyFailures, :duration, :tests,
         :failed, :flaky, :skipped, :hash, :key, :now)
      """;

  private static final String KNOWN =
      """
      select id, content_hash, answer::text as answer from test_run
      where project_id = :project and (id = :id or idempotency_key = :key)
      order by id = :id desc limit 1
      """;

  private static final String BASE =
      """
      select coalesce(
        (select :given where :given is not null),
        (select b.name
         from unnest(array['main', 'master', 'develop', 'trunk']) with ordinality as b(name, place)
         where exists (
           select from test_run r
           where r.project_id = :project and r.repository = :repository and r.branch = b.name)
         order by b.place limit 1)) as base
      """;

  private static final String ADD_FILES =
      """
      insert into test_run_file
        (project_id, test_run_id, path, folder, change, added_lines, deleted_lines, created_at)
      select :project, :run, f.path, f.folder, f.change, f.added, f.deleted, :now
      from unnest(:paths, :folders, :changes, :added, :deleted)
        as f(path, folder, change, added, deleted)
      on conflict do nothing
      """;

  private final Jdbi jdbi;

  @Inject
  public TestRuns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestRuns() {
    this.jdbi = null;
  }

  /** A run that stands already. */
  record Known(TestRunId id, String contentHash, @Nullable RunAnswer answer) {}

  /** How many tests ended how. */
  record Counts(int tests, int failed, int flaky, int skipped) {

    static Counts of(NewTestRun run) {
      int failed = 0;
      int flaky = 0;
      int skipped = 0;
      for (TestResult result : run.results()) {
        switch (result.status()) {
          case FAILED, ERROR -> failed++;
          case FLAKY -> flaky++;
          case SKIPPED -> skipped++;
          case PASSED -> {}
        }
      }
      int tests = run.source().namesFailuresOnly() ? 0 : run.results().size();
      return new Counts(tests, failed, flaky, skipped);
    }
  }

  /** Makes the project's other runs wait until the transaction ends. */
  void lock(ProjectId project) {
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select 1 from pg_advisory_xact_lock(hashtextextended('test runs ' || :project, 0))")
                .bind("project", project)
                .mapTo(Integer.class)
                .one());
  }

  /** Writes the run's own row; its id and key must be free. */
  void add(
      ProjectId project,
      TestRunId id,
      NewTestRun run,
      @Nullable String base,
      String contentHash,
      Instant now) {
    Counts counts = Counts.of(run);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bind("id", id)
                .bind("repository", run.repository())
                .bind("commit", run.commitHash())
                .bind("branch", run.branch())
                .bind("job", run.job())
                .bind("base", base)
                .bind("author", run.author())
                .bind("status", run.status().wireName())
                .bind("pr", run.prNumber())
                .bind("diff", run.gitDiff())
                .bind("source", run.source().wireName())
                .bind("runUrl", run.runUrl())
                .bind("snapshots", Json.write(run.snapshotUrls()))
                .bind("onlyFailures", run.saysTheRestPassed())
                .bind("duration", run.durationMs())
                .bind("tests", counts.tests)
                .bind("failed", counts.failed)
                .bind("flaky", counts.flaky)
                .bind("skipped", counts.skipped)
                .bind("hash", contentHash)
                .bind("key", run.idempotencyKey())
                .bind("now", now)
                .execute());
  }

  /** The run with this id, else the one with this key. */
  Optional<Known> known(ProjectId project, TestRunId id, @Nullable String idempotencyKey) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(KNOWN)
                .bind("project", project)
                .bind("id", id)
                .bind("key", idempotencyKey)
                .map(
                    (row, context) -> {
                      String answer = row.getString("answer");
                      return new Known(
                          new TestRunId(row.getString("id")),
                          row.getString("content_hash"),
                          answer == null ? null : Json.read(answer, RunAnswer.class));
                    })
                .findOne());
  }

  /** The given base branch, else the usual one that has runs; null when there is none. */
  @Nullable String baseBranch(ProjectId project, NewTestRun run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(BASE)
                .bind("given", run.baseBranch())
                .bind("project", project)
                .bind("repository", run.repository())
                .mapTo(String.class)
                .findOne()
                .orElse(null));
  }

  void addFiles(ProjectId project, TestRunId run, List<ChangedFile> files, Instant now) {
    if (files.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD_FILES)
                .bind("project", project)
                .bind("run", run)
                .bindArray("paths", String.class, files.stream().map(ChangedFile::path).toList())
                .bindArray(
                    "folders", String.class, files.stream().map(ChangedFile::folder).toList())
                .bindArray(
                    "changes",
                    String.class,
                    files.stream().map(file -> file.change().wireName()).toList())
                .bindArray(
                    "added", Integer.class, files.stream().map(ChangedFile::addedLines).toList())
                .bindArray(
                    "deleted",
                    Integer.class,
                    files.stream().map(ChangedFile::deletedLines).toList())
                .bind("now", now)
                .execute());
  }

  /** Keeps what the submitter is told. */
  void answered(ProjectId project, RunAnswer answer) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update test_run set answer = cast(:answer as jsonb)"
                        + " where project_id = :project and id = :id")
                .bind("answer", Json.write(answer))
                .bind("project", project)
                .bind("id", answer.testRunId())
                .execute());
  }

  /**
   * Keeps an analysis.
   *
   * @param status of the run's analysis from now on
   */
  void analysed(
      ProjectId project, TestRunId id, String text, String by, String status, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update test_run set analysis = :text, analysed_by = :by, analysed_at = :now,
                      analysis_status = :status
                    where project_id = :project and id = :id
                    """)
                .bind("text", text)
                .bind("by", by)
                .bind("status", status)
                .bind("now", now)
                .bind("project", project)
                .bind("id", id)
                .execute());
  }

  /** A better analysis will not come. */
  void analysisFailed(ProjectId project, TestRunId id) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update test_run set analysis_status = 'failed'"
                        + " where project_id = :project and id = :id"
                        + " and analysis_status = 'pending'")
                .bind("project", project)
                .bind("id", id)
                .execute());
  }
}
