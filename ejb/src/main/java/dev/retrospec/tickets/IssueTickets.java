package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tickets of issues. All methods take part in the caller's transaction. */
@ApplicationScoped
public class IssueTickets implements ExpiringData {

  private static final String ADD =
      """
      insert into issue_ticket
        (id, project_id, cluster_key, provider, server, place, number, created_by, created_at)
      values (:id, :project, :key, :provider, :server, :place, :number, :by, :now)
      on conflict do nothing
      """;

  private static final String LINKED =
      """
      update issue_ticket set
        number = :number, url = :url, closed = :closed, status = 'linked', problem = null
      where project_id = :project and id = :id
      """;

  private static final String FAILED =
      """
      update issue_ticket set
        status = case when status = 'pending' then 'failed' else status end, problem = :problem
      where project_id = :project and id = :id
      """;

  private static final String STATE =
      """
      update issue_ticket set closed = :closed
      where project_id = :project and provider = :provider
        and (server is null or server = :server) and lower(place) = lower(:place)
        and number = :number and closed <> :closed
      returning cluster_key
      """;

  private static final String FORGET =
      """
      delete from issue_ticket t where t.created_at < :before and not exists (
        select from issue_cluster c where c.project_id = t.project_id and c.key = t.cluster_key)
      """;

  private final Jdbi jdbi;

  @Inject
  public IssueTickets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueTickets() {
    this(null);
  }

  /**
   * A stored ticket, whose it is and where.
   *
   * @param server null: from before it was noted, and the tracker was gone
   */
  record Stored(ClusterKey key, @Nullable String server, String place, TicketView view) {}

  /** False when the issue has this very ticket already. */
  boolean add(
      String id,
      ProjectId project,
      ClusterKey key,
      TrackerView tracker,
      @Nullable String number,
      String by,
      Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(ADD)
                    .bind("id", id)
                    .bind("project", project)
                    .bind("key", key)
                    .bind("provider", tracker.provider().wireName())
                    .bind("server", tracker.server())
                    .bind("place", tracker.place())
                    .bind("number", number)
                    .bind("by", by)
                    .bind("now", now)
                    .execute()
                == 1);
  }

  /** The oldest first. */
  List<TicketView> of(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from issue_ticket where project_id = :project and cluster_key = :key"
                        + " order by created_at, id")
                .bind("project", project)
                .bind("key", key)
                .map(IssueTickets::stored)
                .list()
                .stream()
                .map(Stored::view)
                .toList());
  }

  Optional<Stored> find(ProjectId project, String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from issue_ticket where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(IssueTickets::stored)
                .findOne());
  }

  void linked(ProjectId project, String id, TicketRequest.Ticket ticket) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(LINKED)
                .bind("project", project)
                .bind("id", id)
                .bind("number", ticket.number())
                .bind("url", ticket.url())
                .bind("closed", ticket.isClosed())
                .execute());
  }

  void failed(ProjectId project, String id, String problem) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(FAILED)
                .bind("project", project)
                .bind("id", id)
                .bind("problem", problem)
                .execute());
  }

  boolean remove(ProjectId project, ClusterKey key, String id) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(
                        "delete from issue_ticket where project_id = :project"
                            + " and cluster_key = :key and id = :id")
                    .bind("project", project)
                    .bind("key", key)
                    .bind("id", id)
                    .execute()
                == 1);
  }

  /**
   * The issues of a ticket whose state this changed; none when it is known already.
   *
   * @param tracker the project's, as it is now; on another server its number is another ticket
   */
  List<ClusterKey> changeState(
      ProjectId project, TrackerView tracker, String place, String number, boolean isClosed) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(STATE)
                .bind("project", project)
                .bind("provider", tracker.provider().wireName())
                .bind("server", tracker.server())
                .bind("place", place)
                .bind("number", number)
                .bind("closed", isClosed)
                .mapTo(ClusterKey.class)
                .list());
  }

  private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
    return new Stored(
        new ClusterKey(row.getString("cluster_key")),
        row.getString("server"),
        row.getString("place"),
        new TicketView(
            row.getString("id"),
            TrackerKind.fromWireName(row.getString("provider")),
            row.getString("number"),
            row.getString("url"),
            row.getBoolean("closed"),
            row.getString("status"),
            row.getString("problem"),
            row.getString("created_by"),
            row.getTimestamp("created_at").toInstant()));
  }

  /** A ticket is an issue's, not a session's. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant before) {
    jdbi.useHandle(handle -> handle.createUpdate(FORGET).bind("before", before).execute());
    return Deleted.NOTHING;
  }
}
