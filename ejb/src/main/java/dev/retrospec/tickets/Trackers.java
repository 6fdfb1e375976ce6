package dev.retrospec.tickets;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.recordings.StoredSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The trackers of projects; their secrets are sealed under the master key. */
@ApplicationScoped
public class Trackers {

  private static final String SET =
      """
      insert into ticket_tracker as t
        (project_id, provider, server, place, account, token, webhook_secret,
         closed_ticket_resolves, resolved_issue_closes, updated_at)
      select p.id, :provider, :server, :place, :account, :token, :secret, :resolves, :closes, :now
      from project p where p.id = :project
      on conflict (project_id, provider) do update set
        server = excluded.server, place = excluded.place, account = excluded.account,
        token = case
          when excluded.token is not null then excluded.token
          when t.server = excluded.server then t.token end,
        webhook_secret = coalesce(excluded.webhook_secret, t.webhook_secret),
        closed_ticket_resolves = excluded.closed_ticket_resolves,
        resolved_issue_closes = excluded.resolved_issue_closes, updated_at = excluded.updated_at,
        trial_status = null, trial_problem = null, trial_may_write = null, trial_at = null
      returning *
      """;

  private static final String TRY =
      """
      update ticket_tracker set
        trial_status = 'pending', trial_problem = null, trial_may_write = null, trial_at = :at
      where project_id = :project and provider = :provider
      """;

  private static final String TRIED =
      """
      update ticket_tracker set
        trial_status = :status, trial_problem = :problem, trial_may_write = :mayWrite
      where project_id = :project and provider = :provider and trial_at = :at
        and trial_status = 'pending'
      """;

  private static final String FIND =
      "select * from ticket_tracker where project_id = :project and provider = :provider";

  private final Jdbi jdbi;
  private final StoredSecrets secrets;
  private final TicketConfig config;
  private final Clock clock;

  @Inject
  public Trackers(Jdbi jdbi, StoredSecrets secrets, TicketConfig config, Clock clock) {
    this.jdbi = jdbi;
    this.secrets = secrets;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Trackers() {
    this(null, null, null, null);
  }

  private record Row(TrackerView view, @Nullable String token, @Nullable String secret) {}

  /**
   * Sets a project's tracker. A stored token stays unless the server changes: it must not go to
   * another one.
   *
   * @throws InvalidRequest when the server may not be asked
   */
  @Transactional
  public TrackerView set(ProjectId project, TrackerChange change) {
    String server =
        config
            .allowed(change.server() == null ? everybodys(change.kind()) : change.server())
            .toString();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SET)
                .bind("project", project)
                .bind("provider", change.kind().wireName())
                .bind("server", server)
                .bind("place", change.place())
                .bind("account", change.account())
                .bind("token", seal(project, change.kind(), "token", change.token()))
                .bind("secret", seal(project, change.kind(), "webhook", change.webhookSecret()))
                .bind("resolves", change.closedTicketResolves())
                .bind("closes", change.resolvedIssueCloses())
                .bind("now", clock.instant())
                .map(Trackers::row)
                .one()
                .view());
  }

  private static String everybodys(TrackerKind kind) {
    String server = kind.server();
    if (server == null) {
      throw new InvalidRequest(kind.label() + " needs server");
    }
    return server;
  }

  private @Nullable String seal(
      ProjectId project, TrackerKind kind, String what, @Nullable String secret) {
    return secret == null ? null : secrets.seal(project, placeOf(kind, what), secret);
  }

  private static String placeOf(TrackerKind kind, String what) {
    return "ticket-" + kind.wireName() + "-" + what;
  }

  /** Forgets a tracker and its secrets; tickets stay as links. */
  @Transactional
  public void remove(ProjectId project, TrackerKind kind) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from ticket_tracker"
                        + " where project_id = :project and provider = :provider")
                .bind("project", project)
                .bind("provider", kind.wireName())
                .execute());
  }

  /** The project's trackers. */
  public List<TrackerView> of(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from ticket_tracker where project_id = :project order by provider")
                .bind("project", project)
                .map(Trackers::row)
                .list()
                .stream()
                .map(Row::view)
                .toList());
  }

  public Optional<TrackerView> find(ProjectId project, TrackerKind kind) {
    return stored(project, kind).map(Row::view);
  }

  /** In the caller's transaction, like {@link #tried}. */
  void tryAt(ProjectId project, TrackerKind kind, Instant at) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(TRY)
                .bind("project", project)
                .bind("provider", kind.wireName())
                .bind("at", at)
                .execute());
  }

  /** Changes nothing when the trial of that moment is not the one that is waited for. */
  void tried(
      ProjectId project,
      TrackerKind kind,
      Instant at,
      @Nullable String problem,
      @Nullable Boolean mayWrite) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(TRIED)
                .bind("project", project)
                .bind("provider", kind.wireName())
                .bind("at", at)
                .bind("status", problem == null ? "passed" : "failed")
                .bind("problem", problem)
                .bind("mayWrite", mayWrite)
                .execute());
  }

  /** Empty when the project has no such tracker, or no token for it. */
  Optional<TrackerAccess> access(ProjectId project, TrackerKind kind) {
    return stored(project, kind)
        .filter(row -> row.token() != null)
        .map(
            row ->
                new TrackerAccess(
                    kind,
                    config.allowed(row.view().server()),
                    row.view().place(),
                    row.view().account(),
                    secrets.open(project, placeOf(kind, "token"), String.valueOf(row.token()))));
  }

  /** What signs the tracker's messages to us; empty: it may send none. */
  Optional<String> webhookSecret(ProjectId project, TrackerKind kind) {
    return stored(project, kind)
        .flatMap(row -> Optional.ofNullable(row.secret()))
        .map(stored -> secrets.open(project, placeOf(kind, "webhook"), stored));
  }

  private Optional<Row> stored(ProjectId project, TrackerKind kind) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("project", project)
                .bind("provider", kind.wireName())
                .map(Trackers::row)
                .findOne());
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    String token = row.getString("token");
    String secret = row.getString("webhook_secret");
    return new Row(
        new TrackerView(
            TrackerKind.fromWireName(row.getString("provider")),
            row.getString("server"),
            row.getString("place"),
            row.getString("account"),
            token != null,
            secret != null,
            row.getBoolean("closed_ticket_resolves"),
            row.getBoolean("resolved_issue_closes"),
            row.getTimestamp("updated_at").toInstant(),
            trial(row)),
        token,
        secret);
  }

  private static @Nullable TrackerTrial trial(ResultSet row) throws SQLException {
    String status = row.getString("trial_status");
    return status == null
        ? null
        : new TrackerTrial(
            status,
            row.getString("trial_problem"),
            (Boolean) row.getObject("trial_may_write"),
            row.getTimestamp("trial_at").toInstant());
  }
}
