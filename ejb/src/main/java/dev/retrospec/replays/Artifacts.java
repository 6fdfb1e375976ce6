package dev.retrospec.replays;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ArtifactId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The artifacts of sessions: one of each type, the latest. */
@ApplicationScoped
public class Artifacts {

  private static final TypeReference<List<ReplayWindow>> WINDOWS = new TypeReference<>() {};

  private static final String COLUMNS =
      "id, project_id, session_id, artifact_type, artifact_key, trigger_kind, status, reason,"
          + " windows::text as windows, generated_at, created_at, updated_at";

  private static final RowMapper<ArtifactView> ARTIFACT =
      (row, context) ->
          new ArtifactView(
              new ArtifactId(row.getString("id")),
              new ProjectId(row.getString("project_id")),
              new SessionId(row.getString("session_id")),
              row.getString("artifact_type"),
              row.getString("artifact_key"),
              row.getString("trigger_kind"),
              ArtifactStatus.fromWireName(row.getString("status")),
              row.getString("reason"),
              row.getObject("generated_at", OffsetDateTime.class).toInstant(),
              row.getObject("created_at", OffsetDateTime.class).toInstant(),
              row.getObject("updated_at", OffsetDateTime.class).toInstant(),
              Json.read(row.getString("windows"), WINDOWS));

  private final Jdbi jdbi;

  @Inject
  public Artifacts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  protected Artifacts() {
    this(null);
  }

  /** All artifacts of a session, by type. */
  public List<ArtifactView> of(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from session_artifact where project_id = :project"
                        + " and session_id = :session order by artifact_type")
                .bind("project", project)
                .bind("session", session)
                .map(ARTIFACT)
                .list());
  }

  public Optional<ArtifactView> find(ProjectId project, SessionId session, String artifactType) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from session_artifact where project_id = :project"
                        + " and session_id = :session and artifact_type = :type")
                .bind("project", project)
                .bind("session", session)
                .bind("type", artifactType)
                .map(ARTIFACT)
                .findOne());
  }

  /**
   * Replaces what was recorded of this type.
   *
   * @param keepReady a ready artifact stays as it is
   * @return empty when the session is not there or about to be erased, or a ready artifact was kept
   */
  Optional<ArtifactView> put(ReplayResult result, boolean keepReady, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    insert into session_artifact as old
                      (id, project_id, session_id, artifact_type, artifact_key, trigger_kind,
                       status, reason, windows, generated_at, created_at, updated_at)
                    select :id, s.project_id, s.id, :type, :key, :trigger, :status, :reason,
                           cast(:windows as jsonb), :generatedAt, :now, :now
                    from session s where s.project_id = :project and s.id = :session
                      and not is_erased_session(s.project_id, s.id)
                    on conflict (project_id, session_id, artifact_type) do update set
                      artifact_key = excluded.artifact_key, trigger_kind = excluded.trigger_kind,
                      status = excluded.status, reason = excluded.reason,
                      windows = excluded.windows, generated_at = excluded.generated_at,
                      updated_at = excluded.updated_at
                    where not (:keepReady and old.status = 'ready')
                    returning\s"""
                        + COLUMNS)
                .bind("id", ArtifactId.mint())
                .bind("project", result.projectId())
                .bind("session", result.sessionId())
                .bind("type", result.artifactType())
                .bind("key", result.artifactKey())
                .bind("trigger", result.triggerKind())
                .bind("status", result.status().wireName())
                .bind("reason", result.reason())
                .bind("windows", Json.write(result.windows()))
                .bind("generatedAt", result.generatedAt() == null ? now : result.generatedAt())
                .bind("now", now)
                .bind("keepReady", keepReady)
                .map(ARTIFACT)
                .findOne());
  }

  /** Those artifacts of the sessions that have an object. */
  List<ArtifactView> withObjects(ProjectId project, Collection<SessionId> sessions) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from session_artifact where project_id = :project"
                        + " and session_id = any(:sessions) and artifact_key <> ''")
                .bind("project", project)
                .bindArray("sessions", String.class, texts(sessions))
                .map(ARTIFACT)
                .list());
  }

  /** Whether an artifact of the session would be kept: it is there, and nobody has it erased. */
  boolean areKeptOf(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from session"
                        + " where project_id = :project and id = :session"
                        + " and not is_erased_session(project_id, id))")
                .bind("project", project)
                .bind("session", session)
                .mapTo(Boolean.class)
                .one());
  }

  /** The artifact of this type, if there is one; its object is the sweep's. */
  void forget(ProjectId project, SessionId session, String artifactType) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from session_artifact where project_id = :project"
                        + " and session_id = :session and artifact_type = :type")
                .bind("project", project)
                .bind("session", session)
                .bind("type", artifactType)
                .execute());
  }

  void delete(ProjectId project, Collection<SessionId> sessions) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from session_artifact where project_id = :project"
                        + " and session_id = any(:sessions)")
                .bind("project", project)
                .bindArray("sessions", String.class, texts(sessions))
                .execute());
  }

  /** Those of the object keys that an artifact has. */
  Set<String> known(Collection<String> keys) {
    return jdbi.withHandle(
        handle ->
            Set.copyOf(
                handle
                    .createQuery(
                        "select distinct artifact_key from session_artifact"
                            + " where artifact_key = any(:keys)")
                    .bindArray("keys", String.class, List.copyOf(keys))
                    .mapTo(String.class)
                    .list()));
  }

  private static List<String> texts(Collection<SessionId> sessions) {
    return sessions.stream().map(SessionId::value).toList();
  }
}
