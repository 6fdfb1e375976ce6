package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives up runs whose time is over, and tests that nobody runs any more. Holds nothing of sessions.
 */
@ApplicationScoped
public class TestRunData implements ExpiringData {

  /** A run of thousands of tests has as many rows, and a transaction ends after a minute. */
  private static final int BATCH = 200;

  /** A test that no run has shown for so long has been deleted or renamed. */
  private static final Duration FORGOTTEN = Duration.ofDays(90);

  private static final String EXPIRED =
      """
      delete from test_run r
      using (
        select project_id, id from test_run where created_at < :before
        order by created_at limit :batch for update skip locked) e
      where r.project_id = e.project_id and r.id = e.id
      """;

  private final Jdbi jdbi;
  private final RunsConfig config;
  private final Clock clock;

  @Inject
  public TestRunData(Jdbi jdbi, RunsConfig config, Clock clock) {
    this.jdbi = jdbi;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TestRunData() {
    this(null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  /**
   * Goes by the time of runs, not by that of sessions. In no transaction of the container, so that
   * each batch has one of its own.
   */
  @Override
  public Deleted sweep(Instant sessionsBefore) {
    Instant now = clock.instant();
    int deleted = BATCH;
    while (deleted == BATCH) {
      deleted = deleteBatch(now.minus(config.retention()));
    }
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "delete from failing_test where last_seen < ?", now.minus(config.retention()));
          handle.execute("delete from test_case where last_seen < ?", now.minus(FORGOTTEN));
        });
    return Deleted.NOTHING;
  }

  private int deleteBatch(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle.createUpdate(EXPIRED).bind("before", before).bind("batch", BATCH).execute());
  }
}
