package dev.retrospec.notifications;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * The messages about runs, one per run and channel. Methods take part in the caller's transaction.
 */
@ApplicationScoped
public class Notifications {

  /** A row that has something to be sent, and the job that is to be asked for. */
  record Due(NotificationId id, int revision, NotificationStatus status, int attempts) {}

  private static final String WANT =
      """
      insert into notification as old
        (project_id, id, test_run_id, channel, payload, awaits_gist, created_at, requested_at)
      values (:project, :id, cast(:run as uuid), :channel, cast(:payload as jsonb), :awaitsGist,
              :now, :now)
      on conflict (project_id, test_run_id, channel) do update set
        payload = excluded.payload, awaits_gist = excluded.awaits_gist,
        revision = old.revision + 1, attempts = 0, status = 'pending', error_message = null,
        requested_at = excluded.requested_at
      where old.status in ('failed', 'skipped')
        or (old.payload <> excluded.payload
            and (old.status = 'pending' or old.channel in ('github', 'gist')))
      returning id, revision, status, attempts
      """;

  private static final String VIEW =
      """
      select id, test_run_id::text as test_run_id, channel, status, address, error_message,
             attempts, created_at, sent_at
      from notification
      """;

  /** By ids first, because payloads are large. */
  private static final String PULL_REQUEST =
      """
      with told as (
        select id, created_at, coalesce(payload #>> '{origin,job}', '') as job,
          min(created_at) over (partition by payload #>> '{origin,commitHash}') as commit_at
        from notification
        where project_id = :project and channel = 'github'
          and lower(payload #>> '{origin,repository}') = :repository
          and payload #>> '{origin,prNumber}' = :number),
      newest as (
        select distinct on (job) id, created_at, commit_at from told
        order by job, created_at desc, id desc)
      select n.payload::text as payload, t.created_at, t.commit_at
      from newest t join notification n on n.project_id = :project and n.id = t.id
      order by t.created_at desc, t.id limit :jobs
      """;

  private static final RowMapper<PullRequestRuns.Told> TOLD =
      (row, context) ->
          new PullRequestRuns.Told(
              Json.read(row.getString("payload"), RunReport.class),
              row.getObject("created_at", OffsetDateTime.class).toInstant(),
              row.getObject("commit_at", OffsetDateTime.class).toInstant());

  private static final RowMapper<Due> DUE =
      (row, context) ->
          new Due(
              new NotificationId(row.getString("id")),
              row.getInt("revision"),
              NotificationStatus.fromWireName(row.getString("status")),
              row.getInt("attempts"));

  private static final RowMapper<NotificationView> NOTIFICATION =
      (row, context) ->
          new NotificationView(
              new NotificationId(row.getString("id")),
              new TestRunId(row.getString("test_run_id")),
              Channel.fromWireName(row.getString("channel")),
              NotificationStatus.fromWireName(row.getString("status")),
              row.getString("address"),
              row.getString("error_message"),
              row.getInt("attempts"),
              row.getObject("created_at", OffsetDateTime.class).toInstant(),
              instant(row.getObject("sent_at", OffsetDateTime.class)));

  private static final RowMapper<StoredNotification> STORED =
      (row, context) ->
          new StoredNotification(
              new NotificationId(row.getString("id")),
              new TestRunId(row.getString("test_run_id")),
              Channel.fromWireName(row.getString("channel")),
              Json.read(row.getString("payload"), RunReport.class),
              row.getInt("revision"),
              row.getString("address"),
              row.getObject("requested_at", OffsetDateTime.class).toInstant());

  private final Jdbi jdbi;

  @Inject
  public Notifications(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Notifications() {
    this(null);
  }

  /** The messages about a run. */
  public List<NotificationView> ofRun(ProjectId project, TestRunId run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    VIEW
                        + " where project_id = :project and test_run_id = cast(:run as uuid)"
                        + " order by channel")
                .bind("project", project)
                .bind("run", run.value())
                .map(NOTIFICATION)
                .list());
  }

  /** The project's last messages, newest first. */
  public List<NotificationView> recent(ProjectId project, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    VIEW + " where project_id = :project order by created_at desc, id limit :limit")
                .bind("project", project)
                .bind("limit", limit)
                .map(NOTIFICATION)
                .list());
  }

  /**
   * Writes down that something is to be told. What has been sent is sent again only where it can be
   * changed (a comment, a Gist) and has changed.
   *
   * @return empty when there is nothing to do
   */
  Optional<Due> want(
      ProjectId project, Channel channel, RunReport report, boolean awaitsGist, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(WANT)
                .bind("project", project)
                .bind("id", NotificationId.mint())
                .bind("run", report.runId().value())
                .bind("channel", channel.wireName())
                .bind("payload", Json.write(report))
                .bind("awaitsGist", awaitsGist)
                .bind("now", now)
                .map(DUE)
                .findOne());
  }

  /** The last report about a run. */
  Optional<RunReport> latest(ProjectId project, TestRunId run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select payload::text from notification where project_id = :project"
                        + " and test_run_id = cast(:run as uuid)"
                        + " order by requested_at desc, revision desc limit 1")
                .bind("project", project)
                .bind("run", run.value())
                .mapTo(String.class)
                .map(json -> Json.read(json, RunReport.class))
                .findOne());
  }

  /** Counts the attempt. Empty when there is nothing to send any more. */
  Optional<StoredNotification> begin(ProjectId project, NotificationId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update notification set attempts = attempts + 1
                    where project_id = :project and id = :id and status in ('pending', 'failed')
                    returning id, test_run_id::text as test_run_id, channel,
                      payload::text as payload, revision, address, requested_at
                    """)
                .bind("project", project)
                .bind("id", id)
                .map(STORED)
                .findOne());
  }

  /**
   * Ends a message, unless it has changed meanwhile: then it stays pending, for the job of the
   * change.
   */
  void finish(
      ProjectId project,
      NotificationId id,
      int revision,
      NotificationStatus status,
      @Nullable String address,
      @Nullable String reason,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update notification set
                      status = case when revision = :revision then :status else status end,
                      address = coalesce(:address, address), error_message = :reason,
                      sent_at = case when :status = 'sent' then cast(:now as timestamptz)
                                     else sent_at end
                    where project_id = :project and id = :id and status in ('pending', 'failed')
                    """)
                .bind("project", project)
                .bind("id", id)
                .bind("revision", revision)
                .bind("status", status.wireName())
                .bind("address", address)
                .bind("reason", reason)
                .bind("now", now)
                .execute());
  }

  /** What an attempt failed with; the message stays pending. */
  void note(ProjectId project, NotificationId id, String reason) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update notification set error_message = :reason"
                        + " where project_id = :project and id = :id and status = 'pending'")
                .bind("project", project)
                .bind("id", id)
                .bind("reason", reason)
                .execute());
  }

  /** All attempts have failed. */
  Optional<NotificationView> giveUp(ProjectId project, NotificationId id, String reason) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update notification set status = 'failed', error_message = :reason
                    where project_id = :project and id = :id and status = 'pending'
                    returning id, test_run_id::text as test_run_id, channel, status, address,
                      error_message, attempts, created_at, sent_at
                    """)
                .bind("project", project)
                .bind("id", id)
                .bind("reason", reason)
                .map(NOTIFICATION)
                .findOne());
  }

  /** Those that have waited for the run's Gist wait no longer. */
  List<Due> release(ProjectId project, TestRunId run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update notification set awaits_gist = false
                    where project_id = :project and test_run_id = cast(:run as uuid) and awaits_gist
                    returning id, revision, status, attempts
                    """)
                .bind("project", project)
                .bind("run", run.value())
                .map(DUE)
                .list());
  }

  /** The newest run of each job that was to be told in a pull request. */
  PullRequestRuns runs(ProjectId project, Target.PullRequest place) {
    return new PullRequestRuns(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(PULL_REQUEST)
                    .bind("project", project)
                    .bind("repository", place.repository())
                    .bind("number", Integer.toString(place.number()))
                    .bind("jobs", PullRequestRuns.MAX_JOBS)
                    .map(TOLD)
                    .list()));
  }

  /** Where the whole report of a run stands, if it does. */
  Optional<String> gist(ProjectId project, TestRunId run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select address from notification where project_id = :project"
                        + " and test_run_id = cast(:run as uuid) and channel = 'gist'"
                        + " and address is not null")
                .bind("project", project)
                .bind("run", run.value())
                .mapTo(String.class)
                .findOne());
  }

  /** Forgets messages that are older. */
  int deleteBefore(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("delete from notification where created_at < :before")
                .bind("before", before)
                .execute());
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
