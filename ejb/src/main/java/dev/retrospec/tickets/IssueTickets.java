package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import dev.retrospec.tickets.TicketRequest.Action;
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
        (id, project_id, cluster_key, provider, server, place, number, created_by, created_at,
         told_resolved)
      values (:id, :project, :key, :provider, :server, :place, :number, :by, :now, :resolved)
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
   * @param toldResolved what it and its issue last agreed upon; null: that is not known
   * @param telling null: nothing is under way
   */
  record Stored(
      ClusterKey key,
      @Nullable String server,
      String place,
      TicketView view,
      @Nullable Boolean toldResolved,
      @Nullable Telling telling) {

    /** False also while something is under way, because nobody knows how that ends. */
    boolean agrees(boolean isResolved) {
      return telling == null && toldResolved != null && toldResolved == isResolved;
    }

    boolean isToldBy(JobId job) {
      return telling != null && telling.job().equals(job);
    }
  }

  /**
   * False when the issue has this very ticket already.
   *
   * @param isResolved whether the issue is
   */
  boolean add(
      String id,
      ProjectId project,
      ClusterKey key,
      TrackerView tracker,
      @Nullable String number,
      boolean isResolved,
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
                    .bind("resolved", isResolved)
                    .bind("by", by)
                    .bind("now", now)
                    .execute()
                == 1);
  }

  /** The oldest first. */
  List<TicketView> of(ProjectId project, ClusterKey key) {
    return storedOf(project, key).stream().map(Stored::view).toList();
  }

  /** The oldest first. */
  List<Stored> storedOf(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from issue_ticket where project_id = :project and cluster_key = :key"
                        + " order by created_at, id")
                .bind("project", project)
                .bind("key", key)
                .map(IssueTickets::stored)
                .list());
  }

  Optional<Stored> find(ProjectId project, String id) {
    return find(project, id, "");
  }

  /** The same, so that nobody else changes it before the transaction ends. */
  Optional<Stored> lock(ProjectId project, String id) {
    return find(project, id, " for no key update");
  }

  private Optional<Stored> find(ProjectId project, String id, String lock) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from issue_ticket where project_id = :project and id = :id" + lock)
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
            row.getTimestamp("created_at").toInstant()),
        (Boolean) row.getObject("told_resolved"),
        telling(row));
  }

  private static @Nullable Telling telling(ResultSet row) throws SQLException {
    String action = row.getString("telling");
    return action == null
        ? null
        : new Telling(
            Action.valueOf(action),
            new JobId(row.getLong("telling_job")),
            row.getTimestamp("telling_until").toInstant());
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
