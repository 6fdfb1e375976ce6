package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.sessions.StoredMarker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The markers that are on their way between clusters; what has arrived is forgotten. All methods
 * take part in the caller's transaction.
 */
@ApplicationScoped
public class MarkerTransfers {

  private static final String COLUMNS =
      """
      select source_key, target_key, fingerprints, at_session, at_marker, second_look, moved,
             failure, created_by, created_at, updated_at
      from marker_transfer where project_id = :project
      """;

  /** By what the keys are called now. */
  private static final String OF =
      COLUMNS
          + """
             and (source_key in (select cast(:key as text) union select source_key
                from cluster_alias where project_id = :project and target_key = :key)
              or target_key in (select cast(:key as text) union select source_key
                from cluster_alias where project_id = :project and target_key = :key))
            order by created_at, source_key, target_key
            """;

  private static final String ADD =
      """
      insert into marker_transfer
        (project_id, source_key, target_key, fingerprints, at_session, at_marker, moved,
         created_by, created_at, updated_at)
      values (:project, :source, :target, :fingerprints, :session, :marker, :moved, :by, :now,
              :now)
      on conflict (project_id, source_key, target_key) do update set
        fingerprints = excluded.fingerprints, at_session = excluded.at_session,
        at_marker = excluded.at_marker, second_look = false, moved = excluded.moved, failure = null,
        created_by = excluded.created_by, created_at = excluded.created_at,
        updated_at = excluded.updated_at
      """;

  private static final String ADVANCE =
      """
      update marker_transfer set at_session = :session, at_marker = :marker,
        second_look = :second, moved = moved + :moved, failure = null, updated_at = :now
      where project_id = :project and source_key = :source and target_key = :target
      """;

  private final Jdbi jdbi;

  @Inject
  public MarkerTransfers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MarkerTransfers() {
    this(null);
  }

  /**
   * How far one is.
   *
   * @param fingerprints that make the part; empty: all go
   * @param session with {@code marker}: behind which it goes on; empty strings begin
   * @param second whether it looks for what was taken in while it was decided
   */
  record Position(
      MarkerTransfer transfer,
      Set<ClusterKey> fingerprints,
      String session,
      String marker,
      boolean second,
      Instant updatedAt) {}

  /**
   * Adds one, or begins it anew.
   *
   * @param part the fingerprints that make it; empty: all go
   * @param last that has gone already; null: none has
   */
  void add(
      ProjectId project,
      ClusterKey from,
      ClusterKey to,
      Set<ClusterKey> part,
      @Nullable StoredMarker last,
      int moved,
      @Nullable String by,
      Instant now) {
    List<String> fingerprints = part.isEmpty() ? null : ClusterDecisions.texts(part);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bind("source", from)
                .bind("target", to)
                .bindByType(
                    "fingerprints",
                    fingerprints == null ? null : fingerprints.toArray(String[]::new),
                    String[].class)
                .bind("session", last == null ? "" : last.session().value())
                .bind("marker", last == null ? "" : last.marker().id().value())
                .bind("moved", moved)
                .bind("by", by)
                .bind("now", now)
                .execute());
  }

  /** Nobody else goes on with it until the transaction ends. */
  Optional<Position> lock(ProjectId project, ClusterKey from, ClusterKey to) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    COLUMNS + " and source_key = :source and target_key = :target for update")
                .bind("project", project)
                .bind("source", from)
                .bind("target", to)
                .map(MarkerTransfers::position)
                .findOne());
  }

  /**
   * @param last null begins anew
   */
  void advance(
      ProjectId project,
      MarkerTransfer transfer,
      @Nullable StoredMarker last,
      boolean second,
      int moved,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADVANCE)
                .bind("project", project)
                .bind("source", transfer.from())
                .bind("target", transfer.to())
                .bind("session", last == null ? "" : last.session().value())
                .bind("marker", last == null ? "" : last.marker().id().value())
                .bind("second", second)
                .bind("moved", moved)
                .bind("now", now)
                .execute());
  }

  void fail(ProjectId project, ClusterKey from, ClusterKey to, String why) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update marker_transfer set failure = :why where project_id = :project"
                        + " and source_key = :source and target_key = :target")
                .bind("project", project)
                .bind("source", from)
                .bind("target", to)
                .bind("why", why)
                .execute());
  }

  void forget(ProjectId project, MarkerTransfer transfer) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from marker_transfer where project_id = :project"
                        + " and source_key = :source and target_key = :target")
                .bind("project", project)
                .bind("source", transfer.from())
                .bind("target", transfer.to())
                .execute());
  }

  /** Those from and to a cluster; the oldest first. */
  List<MarkerTransfer> of(ProjectId project, ClusterKey cluster) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OF)
                .bind("project", project)
                .bind("key", cluster)
                .map(MarkerTransfers::position)
                .map(Position::transfer)
                .list());
  }

  /** Whether the project has one under way. */
  boolean any(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from marker_transfer"
                        + " where project_id = :project and failure is null)")
                .bind("project", project)
                .mapTo(Boolean.class)
                .one());
  }

  private static Position position(ResultSet row, StatementContext context) throws SQLException {
    Array fingerprints = row.getArray("fingerprints");
    return new Position(
        new MarkerTransfer(
            new ClusterKey(row.getString("source_key")),
            new ClusterKey(row.getString("target_key")),
            fingerprints == null,
            row.getLong("moved"),
            row.getString("failure"),
            row.getString("created_by"),
            row.getTimestamp("created_at").toInstant()),
        fingerprints == null
            ? Set.of()
            : Arrays.stream((String[]) fingerprints.getArray())
                .map(ClusterKey::new)
                .collect(Collectors.toUnmodifiableSet()),
        row.getString("at_session"),
        row.getString("at_marker"),
        row.getBoolean("second_look"),
        row.getTimestamp("updated_at").toInstant());
  }
}
