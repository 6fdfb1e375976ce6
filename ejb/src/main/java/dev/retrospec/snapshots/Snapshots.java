package dev.retrospec.snapshots;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.privacy.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The snapshots of projects. */
@ApplicationScoped
public class Snapshots {

  /** A run has a handful; a run of hundreds is looked at by its first ones. */
  private static final int MAX_OF_RUN = 100;

  private static final TypeReference<Map<String, StoredObject>> OBJECTS = new TypeReference<>() {};

  private static final String COLUMNS =
      "project_id, id, test_run_id, url, viewport::text as viewport, wait_for::text as wait_for,"
          + " status, failure_code, failure, user_agent, objects::text as objects, created_at,"
          + " taken_at";

  private static final SecretText SECRETS = new SecretText();

  private static final RowMapper<SnapshotView> VIEW = (row, context) -> view(row);

  private final Jdbi jdbi;

  @Inject
  public Snapshots(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  protected Snapshots() {
    this(null);
  }

  public Optional<SnapshotView> find(ProjectId project, SnapshotId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from snapshot where project_id = :project and id = cast(:id as uuid)")
                .bind("project", project)
                .bind("id", id)
                .map(VIEW)
                .findOne());
  }

  /** All of a run, the oldest first. */
  public List<SnapshotView> ofRun(ProjectId project, TestRunId run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from snapshot where project_id = :project"
                        + " and test_run_id = cast(:run as uuid) order by created_at, id"
                        + " limit "
                        + MAX_OF_RUN)
                .bind("project", project)
                .bind("run", run)
                .map(VIEW)
                .list());
  }

  /** Those that are no longer pending, in one statement; ids of several projects may be mixed. */
  public List<SnapshotView> ended(Collection<SnapshotId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from snapshot where id = any(cast(:ids as uuid[]))"
                        + " and status <> 'pending'")
                .bindArray("ids", String.class, ids.stream().map(SnapshotId::value).toList())
                .map(VIEW)
                .list());
  }

  /** One request at a time for each project until the transaction ends. */
  void lock(ProjectId project) {
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select 1 from pg_advisory_xact_lock("
                        + "hashtextextended('snapshots ' || :project, 0))")
                .bind("project", project)
                .mapTo(Integer.class)
                .one());
  }

  /** How many of a project are pending that were asked for since then. */
  int pendingSince(ProjectId project, Instant since) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from snapshot where project_id = :project"
                        + " and status = 'pending' and created_at > :since")
                .bind("project", project)
                .bind("since", since)
                .mapTo(Integer.class)
                .one());
  }

  void add(ProjectId project, SnapshotId id, NewSnapshot wanted, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into snapshot
                      (project_id, id, test_run_id, url, viewport, wait_for, created_at)
                    values (:project, cast(:id as uuid), cast(:run as uuid), :url,
                            cast(:viewport as jsonb), cast(:wait as jsonb), :now)
                    """)
                .bind("project", project)
                .bind("id", id)
                .bind("run", wanted.testRun())
                .bind("url", wanted.url())
                .bind("viewport", Json.write(wanted.viewport()))
                .bind("wait", Json.write(WaitFor.of(wanted)))
                .bind("now", now)
                .execute());
  }

  /** What a snapshot that is still wanted was asked for with; empty when it is not. */
  Optional<NewSnapshot> pending(ProjectId project, SnapshotId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from snapshot where project_id = :project and id = cast(:id as uuid)"
                        + " and status = 'pending'")
                .bind("project", project)
                .bind("id", id)
                .map(
                    (row, context) -> {
                      SnapshotView view = view(row);
                      WaitFor wait = Json.read(row.getString("wait_for"), WaitFor.class);
                      return new NewSnapshot(
                          view.testRunId(),
                          row.getString("url"),
                          view.viewport(),
                          wait.selector(),
                          wait.timeout());
                    })
                .findOne());
  }

  /** The pending snapshot is ready; without effect when it is not pending. */
  void take(
      ProjectId project,
      SnapshotId id,
      String url,
      String userAgent,
      Map<SnapshotArtifact, StoredObject> objects,
      Instant now) {
    Map<String, StoredObject> named = new HashMap<>();
    objects.forEach((artifact, object) -> named.put(artifact.wireName(), object));
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update snapshot set status = 'ready', url = :url, user_agent = :agent,
                      objects = cast(:objects as jsonb), taken_at = :now
                    where project_id = :project and id = cast(:id as uuid) and status = 'pending'
                    """)
                .bind("project", project)
                .bind("id", id)
                .bind("url", url)
                .bind("agent", userAgent)
                .bind("objects", Json.write(named))
                .bind("now", now)
                .execute());
  }

  /** The pending snapshot has failed; without effect when it is not pending. */
  void fail(ProjectId project, SnapshotId id, String url, SnapshotFailure code, String failure) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update snapshot set status = 'failed', url = :url, failure_code = :code,
                      failure = :failure
                    where project_id = :project and id = cast(:id as uuid) and status = 'pending'
                    """)
                .bind("project", project)
                .bind("id", id)
                .bind("url", url)
                .bind("code", code.wireName())
                .bind("failure", failure)
                .execute());
  }

  /** The oldest of all projects, if they are older than {@code before}. */
  List<SnapshotView> expired(Instant before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from snapshot where created_at < :before order by created_at limit"
                        + " :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map(VIEW)
                .list());
  }

  int delete(Collection<SnapshotId> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("delete from snapshot where id = any(cast(:ids as uuid[]))")
                .bindArray("ids", String.class, ids.stream().map(SnapshotId::value).toList())
                .execute());
  }

  /** Those of the ids that have a row. */
  Set<SnapshotId> known(Collection<SnapshotId> ids) {
    return Set.copyOf(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select id::text from snapshot where id = any(cast(:ids as uuid[]))")
                    .bindArray("ids", String.class, ids.stream().map(SnapshotId::value).toList())
                    .mapTo(SnapshotId.class)
                    .list()));
  }

  private static SnapshotView view(ResultSet row) throws SQLException {
    Map<SnapshotArtifact, StoredObject> objects = new EnumMap<>(SnapshotArtifact.class);
    Json.read(row.getString("objects"), OBJECTS)
        .forEach(
            (name, object) ->
                SnapshotArtifact.fromWireName(name)
                    .ifPresent(artifact -> objects.put(artifact, object)));
    String failureCode = row.getString("failure_code");
    return new SnapshotView(
        new ProjectId(row.getString("project_id")),
        new SnapshotId(row.getString("id")),
        new TestRunId(row.getString("test_run_id")),
        SECRETS.redactUrl(row.getString("url")), // as it was asked for while it is pending
        Json.read(row.getString("viewport"), Viewport.class),
        SnapshotStatus.fromWireName(row.getString("status")),
        failureCode == null ? null : SnapshotFailure.fromWireName(failureCode),
        row.getString("failure"),
        row.getString("user_agent"),
        objects,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "taken_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
