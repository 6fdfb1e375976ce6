package dev.retrospec.sessions;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads sessions: one by its id, or a list by filter, newest first. */
@ApplicationScoped
public class SessionQueries {

  private static final String FIND =
      "select * from session where project_id = :project and id = :session";

  private static final String LIST =
      "select "
          + SessionConditions.COLUMNS
          + " from session s where project_id = :project%s"
          + SessionConditions.ORDER;

  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<List<SessionLink>> LINKS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  /** A search for a short or odd text reads every document; ingest needs the other connections. */
  private static final int TEXT_SEARCHES_AT_ONCE = 3;

  private static final Duration TEXT_SEARCH_PATIENCE = Duration.ofSeconds(5);

  private final Semaphore textSearches = new Semaphore(TEXT_SEARCHES_AT_ONCE);
  private final Jdbi jdbi;
  private final int walk;

  /** Known after the first search; it does not change while a database is there. */
  private volatile @Nullable Boolean isAnyLetterIndexed;

  @Inject
  public SessionQueries(Jdbi jdbi) {
    this(jdbi, SessionTexts.WALK);
  }

  SessionQueries(Jdbi jdbi, int walk) {
    this.jdbi = jdbi;
    this.walk = walk;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionQueries() {
    this.jdbi = null;
    this.walk = 0;
  }

  public Optional<SessionView> find(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("project", project)
                .bind("session", session)
                .map(SessionQueries::view)
                .findOne());
  }

  /**
   * @throws SearchBusy when others are searching for texts already, and go on doing so
   */
  public Page<SessionRow> search(ProjectId project, SessionFilter filter) {
    if (filter.text() == null) {
      return page(project, filter);
    }
    try {
      if (!textSearches.tryAcquire(TEXT_SEARCH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SearchBusy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SearchBusy();
    }
    try {
      return page(project, filter);
    } finally {
      textSearches.release();
    }
  }

  private Page<SessionRow> page(ProjectId project, SessionFilter filter) {
    List<SessionRow> rows =
        jdbi.withHandle(
            handle ->
                filter.text() == null
                    ? list(handle, project, filter)
                    : texts(handle, project, filter).find());
    return Page.of(
        rows, filter.limit(), row -> new Cursor(row.startedAt(), row.id().value()).encoded());
  }

  private SessionTexts texts(Handle handle, ProjectId project, SessionFilter filter) {
    Boolean known = isAnyLetterIndexed;
    if (known == null) {
      known = SessionTexts.isAnyLetterIndexed(handle);
      isAnyLetterIndexed = known;
    }
    return new SessionTexts(handle, SessionQueries::row, project, filter, walk, known);
  }

  private static List<SessionRow> list(Handle handle, ProjectId project, SessionFilter filter) {
    SessionConditions conditions = SessionConditions.of(filter);
    Query query = handle.createQuery(LIST.formatted(conditions.sql())).bind("project", project);
    conditions.bind(query);
    return query.map(SessionQueries::row).list();
  }

  private static SessionView view(ResultSet row, StatementContext context) throws SQLException {
    return new SessionView(
        new SessionId(row.getString("id")),
        new ProjectId(row.getString("project_id")),
        row.getString("site"),
        row.getString("route"),
        row.getString("url"),
        SessionStatus.fromWireName(row.getString("status")),
        row.getString("status_reason"),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getLong("duration_ms"),
        row.getString("events_object_key"),
        row.getString("user_id"),
        row.getString("anonymous_id"),
        row.getString("org"),
        row.getString("release"),
        row.getString("environment"),
        row.getString("user_agent"),
        row.getString("browser"),
        row.getString("os"),
        row.getString("device"),
        row.getObject("viewport_width", Integer.class),
        row.getObject("viewport_height", Integer.class),
        map(row.getString("experiment"), TEXTS),
        tags(row),
        Json.read(row.getString("links"), LINKS),
        row.getInt("chunk_count"),
        row.getLong("event_count"),
        row.getLong("stored_bytes"),
        row.getInt("marker_count"),
        row.getInt("error_count"),
        row.getInt("rage_count"),
        row.getInt("dead_count"),
        completeness(row),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  private static SessionRow row(ResultSet row, StatementContext context) throws SQLException {
    return new SessionRow(
        new SessionId(row.getString("id")),
        row.getString("site"),
        row.getString("route"),
        row.getString("url"),
        SessionStatus.fromWireName(row.getString("status")),
        instant(row, "started_at"),
        row.getLong("duration_ms"),
        row.getString("user_id"),
        row.getString("anonymous_id"),
        row.getString("org"),
        row.getString("release"),
        row.getString("browser"),
        row.getString("os"),
        row.getString("device"),
        tags(row),
        row.getInt("chunk_count"),
        row.getLong("event_count"),
        row.getInt("marker_count"),
        row.getInt("error_count"),
        row.getInt("rage_count"),
        completeness(row));
  }

  private static Completeness completeness(ResultSet row) throws SQLException {
    return Completeness.of(
        row.getInt("chunks_expected"),
        row.getInt("chunk_count"),
        row.getInt("chunks_omitted"),
        new RecorderCounts(
            map(row.getString("dropped"), COUNTS),
            row.getLong("throttled"),
            map(row.getString("reduced"), COUNTS),
            row.getLong("masked"),
            row.getLong("maskable"),
            row.getLong("assets_missing"),
            row.getLong("clock_jumps")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  private static List<String> tags(ResultSet row) throws SQLException {
    return List.of((String[]) row.getArray("tags").getArray());
  }

  private static <V> Map<String, V> map(@Nullable String json, TypeReference<Map<String, V>> type) {
    return json == null ? Map.of() : Json.read(json, type);
  }
}
