package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The outbox. {@code next_attempt_at} is when the sweep looks at a row again, whatever its state.
 */
@ApplicationScoped
public class Jobs {

  /** A signal that was not heard by then is taken for lost. */
  static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(30);

  private static final int MAX_ERROR = 500;

  private static final String COLUMNS =
      "id, kind, project_id, subject, payload::text as payload, attempts, max_attempts";

  private static final RowMapper<Job> JOB =
      (row, context) ->
          new Job(
              new JobId(row.getLong("id")),
              JobKind.fromWireName(row.getString("kind")),
              new dev.retrospec.ids.ProjectId(row.getString("project_id")),
              row.getString("subject"),
              row.getString("payload"),
              row.getInt("attempts"),
              row.getInt("max_attempts"));

  private static final RowMapper<JobSignal> SIGNAL =
      (row, context) ->
          new JobSignal(JobKind.fromWireName(row.getString("kind")), new JobId(row.getLong("id")));

  /** The kind is written out, so that PostgreSQL takes the partial index of that kind. */
  private static final String IN_TURN =
      """
      update job set status = 'running', attempts = attempts + 1, next_attempt_at = :leaseEnd,
        updated_at = :now
      where id = (
        select j.id from job j
        where j.kind = '%1$s' and j.status = 'pending'
        order by (
          select max(s.updated_at) from job s
          where s.kind = '%1$s' and s.project_id = j.project_id and s.attempts > 0) nulls first, j.id
        limit 1 for update of j skip locked)
      returning %2$s
      """;

  private final Jdbi jdbi;

  @Inject
  public Jobs(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  protected Jobs() {
    this(null);
  }

  /**
   * Writes those that were not asked for within their window, in one statement.
   *
   * @return the ids of the written ones by their dedupe key
   */
  Map<String, JobId> add(List<NewJob> jobs, JobsConfig config, Instant now) {
    Map<String, JobId> written = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    insert into job (kind, project_id, subject, payload, dedupe_key, max_attempts,
                                     next_attempt_at, created_at, updated_at)
                    select n.kind, n.project_id, n.subject, cast(n.payload as jsonb), n.dedupe_key,
                           n.max_attempts,
                           case when n.delay_ms = 0 then :patience
                             else cast(:now as timestamptz) + n.delay_ms * interval '1 millisecond'
                           end, :now, :now
                    from unnest(:kinds, :projects, :subjects, :payloads, :keys, :maxAttempts,
                                :windows, :delays)
                      as n(kind, project_id, subject, payload, dedupe_key, max_attempts, window_ms,
                           delay_ms)
                    where not exists (
                      select 1 from job j
                      where j.dedupe_key = n.dedupe_key and j.status <> 'dead'
                        and j.created_at > cast(:now as timestamptz)
                                           - n.window_ms * interval '1 millisecond')
                    returning id, dedupe_key
                    """)
                .bind("now", now)
                .bind("patience", now.plus(SIGNAL_PATIENCE))
                .bindArray("kinds", String.class, each(jobs, job -> job.kind().wireName()))
                .bindArray("projects", String.class, each(jobs, job -> job.projectId().value()))
                .bindArray("subjects", String.class, each(jobs, NewJob::subject))
                .bindArray("payloads", String.class, each(jobs, NewJob::payloadJson))
                .bindArray("keys", String.class, each(jobs, NewJob::dedupeKey))
                .bindArray(
                    "maxAttempts",
                    Integer.class,
                    each(jobs, job -> config.of(job.kind()).maxAttempts()))
                .bindArray(
                    "windows",
                    Long.class,
                    each(jobs, job -> config.of(job.kind()).dedupeWindow().toMillis()))
                .bindArray("delays", Long.class, each(jobs, job -> job.delay().toMillis()))
                .map(
                    (row, context) ->
                        written.put(row.getString("dedupe_key"), new JobId(row.getLong("id"))))
                .list());
    return written;
  }

  private static <T> List<T> each(List<NewJob> jobs, java.util.function.Function<NewJob, T> part) {
    return jobs.stream().map(part).toList();
  }

  /**
   * Counts an attempt and takes the lease; empty when there is nothing to begin (any more).
   *
   * <p>The commits here and in {@link #leave} do not wait for the disk: if a crash of PostgreSQL
   * undoes one, with the result that was written beside it, the lease runs out and the attempt is
   * made again. The end of a last attempt waits, because there is no other one.
   *
   * <p>"Is not distinct from", here and in {@link #leave}: for an equals sign PostgreSQL would read
   * the whole partial index of open jobs, which was nearly empty when it last looked.
   */
  Optional<Job> begin(JobId id, Duration lease, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "update job set status = 'running', attempts = attempts + 1,"
                        + " next_attempt_at = :leaseEnd, updated_at = :now"
                        + " where id = :id and status is not distinct from 'pending' returning "
                        + COLUMNS
                        + ", set_config('synchronous_commit', 'off', true)")
                .bind("id", id.value())
                .bind("now", now)
                .bind("leaseEnd", now.plus(lease))
                .map(JOB)
                .findOne());
  }

  /**
   * The same for the pending job of this kind whose project was served longest ago, or never; of
   * one project's the oldest. Several workers may do this at once; each takes another job.
   */
  Optional<Job> beginInTurn(JobKind kind, Duration lease, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(String.format(IN_TURN, kind.wireName(), COLUMNS))
                .bind("now", now)
                .bind("leaseEnd", now.plus(lease))
                .map(JOB)
                .findOne());
  }

  /** True when the attempt still held the lease; a late one changes nothing. */
  boolean finish(Job job, Instant now) {
    return leave(job, "done", null, now, now);
  }

  boolean retryAt(Job job, String error, Instant at, Instant now) {
    return leave(job, "retrying", error, at, now);
  }

  boolean giveUp(Job job, String error, Instant now) {
    return leave(job, "dead", error, now, now);
  }

  private boolean leave(
      Job job,
      String status,
      @org.jspecify.annotations.Nullable String error,
      Instant at,
      Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update job set status = :status, last_error = :error,"
                            + " next_attempt_at = :at, updated_at = :now"
                            + " from set_config('synchronous_commit', :durability, true)"
                            + " where id = :id and status is not distinct from 'running'"
                            + " and attempts = :attempts")
                    .bind("status", status)
                    .bind("error", error == null ? null : bounded(error))
                    .bind("at", at)
                    .bind("now", now)
                    .bind("id", job.id().value())
                    .bind("attempts", job.attempts())
                    .bind("durability", job.isLastAttempt() ? "on" : "off")
                    .execute())
        == 1;
  }

  private static String bounded(String error) {
    // because PostgreSQL takes no NUL in text
    String clean = error.replace('\0', ' ');
    return clean.length() <= MAX_ERROR ? clean : clean.substring(0, MAX_ERROR);
  }

  /**
   * Brings back what is due: signals that were not heard, pauses that are over, leases that ran
   * out. Several nodes may do this at once; each takes other rows. The longer a job waits, the more
   * rarely it is signalled, because then the workers are behind and not the signals lost.
   */
  List<JobSignal> bringBack(int limit, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with due as (
                      select id from job
                      where status in ('pending', 'retrying', 'running')
                        and next_attempt_at <= :now
                        and not (status = 'running' and attempts >= max_attempts)
                      order by next_attempt_at limit :limit
                      for update skip locked)
                    update job set status = 'pending',
                      next_attempt_at = cast(:now as timestamptz) + greatest(
                        :patienceMs * interval '1 millisecond',
                        cast(:now as timestamptz) - job.updated_at)
                    from due where job.id = due.id
                    returning job.id, job.kind
                    """)
                .bind("now", now)
                .bind("patienceMs", SIGNAL_PATIENCE.toMillis())
                .bind("limit", limit)
                .map(SIGNAL)
                .list());
  }

  /** Those whose last attempt took its worker with it. */
  List<Job> abandoned(int limit, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from job where status = 'running' and next_attempt_at <= :now"
                        + " and attempts >= max_attempts order by next_attempt_at limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map(JOB)
                .list());
  }

  /** Without effect when another attempt has taken over. */
  void renew(Job job, Instant leaseEnd) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update job set next_attempt_at = :leaseEnd where id = :id"
                        + " and status = 'running' and attempts = :attempts")
                .bind("leaseEnd", leaseEnd)
                .bind("id", job.id().value())
                .bind("attempts", job.attempts())
                .execute());
  }

  void lookAgain(Job job, Instant at) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("update job set next_attempt_at = :at where id = :id")
                .bind("at", at)
                .bind("id", job.id().value())
                .execute());
  }

  /** Forgets done jobs that are older than anything a dedupe window looks at. */
  int purgeDone(Instant before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from job where id in (
                      select id from job where status = 'done' and updated_at < :before
                      order by updated_at limit :limit for update skip locked)
                    """)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
  }

  /** Forgets dead jobs that nobody has redriven. */
  int purgeDead(Instant before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from job where id in (
                      select id from job where status = 'dead' and updated_at < :before
                      order by updated_at limit :limit for update skip locked)
                    """)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
  }

  /** Dead jobs get all their attempts again, the longest dead first. */
  List<JobSignal> revive(JobKind kind, int limit, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with chosen as (
                      select id from job where kind = :kind and status = 'dead'
                      order by updated_at, id limit :limit
                      for update skip locked)
                    update job set status = 'pending', attempts = 0, next_attempt_at = :patience,
                                   updated_at = :now
                    from chosen where job.id = chosen.id
                    returning job.id, job.kind
                    """)
                .bind("kind", kind.wireName())
                .bind("limit", limit)
                .bind("now", now)
                .bind("patience", now.plus(SIGNAL_PATIENCE))
                .map(SIGNAL)
                .list());
  }
}
