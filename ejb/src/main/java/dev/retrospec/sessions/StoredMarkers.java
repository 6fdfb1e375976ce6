package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads markers back as they were observed, to group them anew; those that are noise belong to no
 * group. In the caller's transaction.
 */
@ApplicationScoped
public class StoredMarkers {

  private static final String COLUMNS =
      ErrorMarkers.OBSERVED_COLUMNS
          + ", session_id, coalesce(fingerprint, cluster_key) as fingerprint, cluster_key\n"
          + "from error_marker where project_id = :project and noise is null ";

  private static final String THESE =
      COLUMNS + "and session_id = :session and id = any(:ids) order by id";

  private static final String AFTER =
      COLUMNS + "and (session_id, id) > (:session, :id) order by session_id, id limit :most";

  private static final String IN =
      COLUMNS
          + "and cluster_key = :cluster and (session_id, id) > (:session, :id)"
          + " order by session_id, id limit :most";

  /** What belongs where it is has no part in the index that this stands on. */
  private static final String JOINED =
      COLUMNS
          + "and cluster_key = :cluster and fingerprint = any(:fingerprints)"
          + " and fingerprint <> cluster_key and (session_id, id) > (:session, :id)"
          + " order by session_id, id limit :most";

  private final Jdbi jdbi;

  @Inject
  public StoredMarkers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected StoredMarkers() {
    this(null);
  }

  /** Those of the session that have these ids; ids that it has not are left out. */
  public List<StoredMarker> of(ProjectId project, SessionId session, Collection<MarkerId> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(THESE)
                .bind("project", project)
                .bind("session", session)
                .bindArray("ids", String.class, ids.stream().map(MarkerId::value).toList())
                .map(StoredMarkers::stored)
                .list());
  }

  /** The project's next markers in the order of session and id; empty strings begin. */
  public List<StoredMarker> after(ProjectId project, String session, String id, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AFTER)
                .bind("project", project)
                .bind("session", session)
                .bind("id", id)
                .bind("most", most)
                .map(StoredMarkers::stored)
                .list());
  }

  /** A cluster's next markers in the order of session and id; empty strings begin. */
  public List<StoredMarker> of(
      ProjectId project, ClusterKey cluster, String session, String id, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(IN)
                .bind("project", project)
                .bind("cluster", cluster)
                .bind("session", session)
                .bind("id", id)
                .bind("most", most)
                .map(StoredMarkers::stored)
                .list());
  }

  /**
   * Markers of a cluster whose content gave one of these other keys, in the order of session and
   * id, behind the given ones; empty strings begin.
   */
  public List<StoredMarker> joined(
      ProjectId project,
      ClusterKey cluster,
      Collection<ClusterKey> fingerprints,
      String session,
      String id,
      int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(JOINED)
                .bind("project", project)
                .bind("cluster", cluster)
                .bindArray(
                    "fingerprints",
                    String.class,
                    fingerprints.stream().map(ClusterKey::value).toList())
                .bind("session", session)
                .bind("id", id)
                .bind("most", most)
                .map(StoredMarkers::stored)
                .list());
  }

  /** Some marker of a cluster; empty when none is left. */
  public Optional<StoredMarker> anyOf(ProjectId project, ClusterKey cluster) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COLUMNS + "and cluster_key = :cluster limit 1")
                .bind("project", project)
                .bind("cluster", cluster)
                .map(StoredMarkers::stored)
                .findFirst());
  }

  private static StoredMarker stored(ResultSet row, StatementContext context) throws SQLException {
    return new StoredMarker(
        new SessionId(row.getString("session_id")),
        ErrorMarkers.observedMarker(row),
        new ClusterKey(row.getString("fingerprint")),
        new ClusterKey(row.getString("cluster_key")));
  }
}
