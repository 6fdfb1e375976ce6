package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Since when a test fails on a branch. A row stands from the first red run to the next green one,
 * so that "new on this branch" and "first bad commit" are look-ups, however long the history is.
 */
@ApplicationScoped
public class FailingTests {

  private static final String HEAL_NAMED =
      """
      delete from failing_test
      where project_id = :project and repository = :repository and branch = :branch and job = :job
        and test_case_id = any(:green)
      """;

  private static final String HEAL_OTHERS =
      """
      delete from failing_test
      where project_id = :project and repository = :repository and branch = :branch and job = :job
        and test_case_id <> all(:red)
      """;

  /** The last green run is looked up only for those that have just begun to fail. */
  private static final String FAIL =
      """
      with red as (select id from unnest(:red) as r(id) order by id),
      fresh as (
        select r.id from red r
        where not exists (
          select from failing_test f
          where f.project_id = :project and f.repository = :repository and f.branch = :branch
            and f.job = :job and f.test_case_id = r.id)),
      before as (
        select r.id, r.commit_hash, r.only_failures, r.created_at
        from test_run r
        where r.project_id = :project and r.repository = :repository and r.branch = :branch
          and r.job = :job and r.id <> :run
        order by r.created_at desc limit 20),
      good as (
        select distinct on (f.id) f.id, b.commit_hash
        from fresh f
        join before b on case when b.only_failures
          then not exists (
            select from failed_test t
            where t.project_id = :project and t.test_run_id = b.id and t.test_case_id = f.id)
          else exists (
            select from test_result t
            where t.project_id = :project and t.test_run_id = b.id and t.test_case_id = f.id
              and t.status = 'passed') end
        order by f.id, b.created_at desc)
      insert into failing_test as old
        (project_id, repository, branch, job, test_case_id, first_bad_run, first_bad_commit,
         first_bad_author, first_bad_at, last_good_commit, last_seen)
      select :project, :repository, :branch, :job, r.id, :run, :commit, :author, :now,
             g.commit_hash, :now
      from red r left join good g on g.id = r.id
      order by r.id
      on conflict (project_id, repository, branch, job, test_case_id) do update set
        last_seen = excluded.last_seen, failures = old.failures + 1
      """;

  private static final String STREAKS =
      """
      select branch, test_case_id, first_bad_run, first_bad_commit, first_bad_author, first_bad_at,
             last_good_commit
      from failing_test
      where project_id = :project and repository = :repository and job = :job
        and branch = any(:branches) and test_case_id = any(:red)
      """;

  private static final String HAS_RUNS =
      """
      select exists (
        select from test_run
        where project_id = :project and repository = :repository and branch = :branch
          and job = :job and id <> :run)
      """;

  private final Jdbi jdbi;

  @Inject
  public FailingTests(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected FailingTests() {
    this.jdbi = null;
  }

  /** Since when a test fails. */
  record Streak(
      TestRunId firstBadRun,
      String firstBadCommit,
      String firstBadAuthor,
      Instant firstBadAt,
      @Nullable String lastGoodCommit) {}

  /**
   * What is to be told of red tests.
   *
   * @param baseIsKnown whether the base branch has runs to compare with
   */
  record Streaks(Map<Long, Streak> here, Map<Long, Streak> onBase, boolean baseIsKnown) {

    /** Where it began to fail: on the base branch if it fails there. */
    @Nullable Streak of(long test) {
      Streak base = onBase.get(test);
      return base != null ? base : here.get(test);
    }
  }

  /** Those that are green again fail no more. */
  void heal(ProjectId project, NewTestRun run, Collection<Long> green, Collection<Long> red) {
    boolean named = !run.saysTheRestPassed();
    if (named && green.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(named ? HEAL_NAMED : HEAL_OTHERS)
                .bind("project", project)
                .bind("repository", run.repository())
                .bind("branch", run.branch())
                .bind("job", run.job())
                .bindArray(named ? "green" : "red", Long.class, List.copyOf(named ? green : red))
                .execute());
  }

  /** The red ones fail, since now or longer. */
  void fail(ProjectId project, TestRunId id, NewTestRun run, Collection<Long> red, Instant now) {
    if (red.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(FAIL)
                .bind("project", project)
                .bind("repository", run.repository())
                .bind("branch", run.branch())
                .bind("job", run.job())
                .bind("run", id)
                .bind("commit", run.commitHash())
                .bind("author", run.author())
                .bind("now", now)
                .bindArray("red", Long.class, List.copyOf(red))
                .execute());
  }

  /**
   * @param base the branch to compare with; null when none is known
   */
  Streaks streaks(
      ProjectId project,
      TestRunId id,
      NewTestRun run,
      @Nullable String base,
      Collection<Long> red) {
    Map<Long, Streak> here = new HashMap<>();
    Map<Long, Streak> onBase = new HashMap<>();
    boolean compares = base != null && !base.equals(run.branch());
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(STREAKS)
                .bind("project", project)
                .bind("repository", run.repository())
                .bind("job", run.job())
                .bindArray(
                    "branches",
                    String.class,
                    compares ? List.of(run.branch(), base) : List.of(run.branch()))
                .bindArray("red", Long.class, List.copyOf(red))
                .map(
                    (row, context) ->
                        (row.getString("branch").equals(run.branch()) ? here : onBase)
                            .put(
                                row.getLong("test_case_id"),
                                new Streak(
                                    new TestRunId(row.getString("first_bad_run")),
                                    row.getString("first_bad_commit"),
                                    row.getString("first_bad_author"),
                                    row.getObject("first_bad_at", OffsetDateTime.class).toInstant(),
                                    row.getString("last_good_commit"))))
                .forEach(ignored -> {}));
    return new Streaks(here, onBase, compares && hasRuns(project, id, run, base));
  }

  private boolean hasRuns(ProjectId project, TestRunId id, NewTestRun run, String branch) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(HAS_RUNS)
                .bind("project", project)
                .bind("repository", run.repository())
                .bind("branch", branch)
                .bind("job", run.job())
                .bind("run", id)
                .mapTo(Boolean.class)
                .one());
  }
}
