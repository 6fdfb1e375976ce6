package dev.retrospec.issues;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.FeedbackId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The stored words on issues. All methods take part in the caller's transaction. */
@ApplicationScoped
public class FeedbackEntries {

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static final String ADD =
      """
      insert into issue_feedback
        (id, project_id, cluster_key, session_id, kind, note, created_by, metadata, created_at)
      values (:id, :project, :key, :session, :kind, :note, :by, cast(:metadata as jsonb), :now)
      returning *
      """;

  private static final String LATEST =
      """
      select * from issue_feedback
      where project_id = :project and cluster_key = :key
      order by created_at desc, id limit :limit
      """;

  private final Jdbi jdbi;

  @Inject
  public FeedbackEntries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected FeedbackEntries() {
    this(null);
  }

  FeedbackEntry add(
      ProjectId project,
      ClusterKey key,
      IssueFeedback.Said said,
      String metadataJson,
      Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ADD)
                .bind("id", FeedbackId.mint())
                .bind("project", project)
                .bind("key", key)
                .bind("session", said.sessionId() == null ? null : said.sessionId().value())
                .bind("kind", said.kind())
                .bind("note", said.note())
                .bind("by", said.createdBy())
                .bind("metadata", metadataJson)
                .bind("now", now)
                .map(FeedbackEntries::entry)
                .one());
  }

  List<FeedbackEntry> latest(ProjectId project, ClusterKey key, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LATEST)
                .bind("project", project)
                .bind("key", key)
                .bind("limit", limit)
                .map(FeedbackEntries::entry)
                .list());
  }

  private static FeedbackEntry entry(ResultSet row, StatementContext context) throws SQLException {
    String session = row.getString("session_id");
    return new FeedbackEntry(
        new FeedbackId(row.getString("id")),
        new ProjectId(row.getString("project_id")),
        new ClusterKey(row.getString("cluster_key")),
        session == null ? null : new SessionId(session),
        row.getString("kind"),
        Objects.requireNonNullElse(row.getString("note"), ""),
        Objects.requireNonNullElse(row.getString("created_by"), ""),
        Json.read(Objects.requireNonNullElse(row.getString("metadata"), "{}"), OBJECT),
        row.getTimestamp("created_at").toInstant());
  }
}
