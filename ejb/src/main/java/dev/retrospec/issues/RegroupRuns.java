package dev.retrospec.issues;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.RegroupReport;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.StoredMarker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The rows of regroup runs. All methods take part in the caller's transaction. */
@ApplicationScoped
public class RegroupRuns {

  private static final String COLUMNS =
      """
      select id, dry_run, state, at_session, at_marker, markers, moved,
             cast(report as text) as report, failure, created_by, created_at, updated_at
      from regroup_run where project_id = :project
      """;

  private static final String ADD =
      """
      insert into regroup_run (project_id, id, dry_run, state, created_by, created_at, updated_at)
      values (:project, :id, :dry, 'waiting', :by, :now, :now)
      on conflict do nothing
      """;

  private static final String ADVANCE =
      """
      update regroup_run set state = :state, at_session = :session, at_marker = :marker,
        markers = markers + :read, moved = moved + :moved, updated_at = :now
      where project_id = :project and id = :id
      """;

  private final Jdbi jdbi;

  @Inject
  public RegroupRuns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RegroupRuns() {
    this(null);
  }

  /** A run and the marker behind which it goes on. */
  record Position(RegroupRun run, String session, String marker) {}

  boolean hasProject(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from project where id = :project)")
                .bind("project", project)
                .mapTo(Boolean.class)
                .one());
  }

  /** Whether it was added: a project has one that is not over at a time. */
  boolean add(ProjectId project, String id, boolean dryRun, @Nullable String by, Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(ADD)
                    .bind("project", project)
                    .bind("id", id)
                    .bind("dry", dryRun)
                    .bind("by", by)
                    .bind("now", now)
                    .execute())
        == 1;
  }

  Optional<RegroupRun> find(ProjectId project, String id) {
    return position(project, id, "").map(Position::run);
  }

  /** The latest of a project first. */
  List<RegroupRun> latest(ProjectId project, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COLUMNS + " order by created_at desc, id limit :most")
                .bind("project", project)
                .bind("most", most)
                .map(RegroupRuns::position)
                .map(Position::run)
                .list());
  }

  /** Nobody else goes on with it until the transaction ends. */
  Optional<Position> lock(ProjectId project, String id) {
    return position(project, id, " for update");
  }

  /** Whether a run that moves markers is not over. */
  boolean moves(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from regroup_run where project_id = :project"
                        + " and not dry_run and state in ('waiting', 'reading', 'moving'))")
                .bind("project", project)
                .mapTo(Boolean.class)
                .one());
  }

  /** The oldest run that failed and has left something of its plan. */
  Optional<String> failedWithParts(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select r.id from regroup_run r
                    where r.project_id = :project and r.state = 'failed'
                      and exists (select from regroup_part p
                        where p.project_id = r.project_id and p.run_id = r.id)
                    order by r.created_at, r.id limit 1
                    """)
                .bind("project", project)
                .mapTo(String.class)
                .findOne());
  }

  private Optional<Position> position(ProjectId project, String id, String mode) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COLUMNS + " and id = :id" + mode)
                .bind("project", project)
                .bind("id", id)
                .map(RegroupRuns::position)
                .findOne());
  }

  void advance(
      ProjectId project,
      String id,
      RegroupRun.State state,
      @Nullable StoredMarker last,
      int read,
      int moved,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADVANCE)
                .bind("project", project)
                .bind("id", id)
                .bind("state", state.wireName())
                .bind("session", last == null ? "" : last.session().value())
                .bind("marker", last == null ? "" : last.marker().id().value())
                .bind("read", read)
                .bind("moved", moved)
                .bind("now", now)
                .execute());
  }

  void report(ProjectId project, String id, RegroupReport report) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update regroup_run set report = cast(:report as jsonb)"
                        + " where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .bind("report", Json.write(report))
                .execute());
  }

  void fail(ProjectId project, String id, String why, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update regroup_run set state = 'failed', failure = :why, updated_at = :now"
                        + " where project_id = :project and id = :id and state <> 'done'")
                .bind("project", project)
                .bind("id", id)
                .bind("why", why)
                .bind("now", now)
                .execute());
  }

  private static Position position(ResultSet row, StatementContext context) throws SQLException {
    String report = row.getString("report");
    return new Position(
        new RegroupRun(
            row.getString("id"),
            row.getBoolean("dry_run"),
            RegroupRun.State.fromWireName(row.getString("state")),
            row.getLong("markers"),
            row.getLong("moved"),
            report == null ? null : Json.read(report, RegroupReport.class),
            row.getString("failure"),
            row.getString("created_by"),
            row.getTimestamp("created_at").toInstant(),
            row.getTimestamp("updated_at").toInstant()),
        row.getString("at_session"),
        row.getString("at_marker"));
  }
}
