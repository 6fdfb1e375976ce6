package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.tickets.TicketRequest.Action;
import dev.retrospec.tickets.TicketWebhook.Told;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What issues and their tickets have told each other, and what is being told. All methods take part
 * in the caller's transaction.
 */
@ApplicationScoped
public class TicketTellings {

  private static final String BEGIN =
      """
      update issue_ticket set
        told_resolved = null, telling = :telling, telling_job = :job, telling_until = :until
      where project_id = :project and id = :id
      """;

  /** Whose turn another took, because it seemed dead, does not know what stands there now. */
  private static final String SETTLE =
      """
      update issue_ticket set
        told_resolved = case when telling_job = :job then cast(:resolved as boolean) end,
        telling = null, telling_job = null, telling_until = null
      where project_id = :project and id = :id
      """;

  private static final String MAKES =
      """
      update issue_ticket set making_since = :now
      where project_id = :project and id = :id
        and (making_since is null or making_since <= :before)
      """;

  private static final String STATE =
      """
      update issue_ticket set
        closed = :closed,
        told_resolved = case
          when :decides and telling is null then :closed else told_resolved end
      where project_id = :project and provider = :provider
        and (server is null or server = :server) and lower(place) = lower(:place)
        and number = :number and closed <> :closed
      returning cluster_key,
        coalesce(telling = :ours and telling_until > :now, false) as is_ours
      """;

  private final Jdbi jdbi;

  @Inject
  public TicketTellings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TicketTellings() {
    this(null);
  }

  /** From now on nobody knows what the ticket has been told. */
  void begin(ProjectId project, String id, Telling telling) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(BEGIN)
                .bind("project", project)
                .bind("id", id)
                .bind("telling", telling.action().name())
                .bind("job", telling.job().value())
                .bind("until", telling.until())
                .execute());
  }

  /**
   * The ticket is about to be made.
   *
   * @return false, and nothing is noted, when that was so less than the pause ago
   */
  boolean makes(ProjectId project, String id, Instant now, Duration pause) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(MAKES)
                    .bind("project", project)
                    .bind("id", id)
                    .bind("now", now)
                    .bind("before", now.minus(pause))
                    .execute()
                == 1);
  }

  /**
   * Nothing is under way any more.
   *
   * @param isResolved what it has been told; null: that is not known
   */
  void settle(ProjectId project, String id, JobId job, @Nullable Boolean isResolved) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(SETTLE)
                .bind("project", project)
                .bind("id", id)
                .bind("job", job.value())
                .bind("resolved", isResolved)
                .execute());
  }

  /**
   * An issue whose ticket was closed or opened.
   *
   * @param isOurs because we are just about it: no decision of anybody's
   */
  record Changed(ClusterKey key, boolean isOurs) {}

  /**
   * The issues of a ticket whose state this changed; none when it is known already.
   *
   * @param tracker the project's, as it is now; on another server its number is another ticket
   * @param decides whether the issue follows it
   */
  List<Changed> changeState(
      ProjectId project, TrackerView tracker, Told told, boolean decides, Instant now) {
    Action ours = told.isClosed() ? Action.CLOSE : Action.REOPEN;
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(STATE)
                .bind("project", project)
                .bind("provider", tracker.provider().wireName())
                .bind("server", tracker.server())
                .bind("place", told.place())
                .bind("number", told.number())
                .bind("closed", told.isClosed())
                .bind("decides", decides)
                .bind("ours", ours.name())
                .bind("now", now)
                .map(
                    (row, context) ->
                        new Changed(
                            new ClusterKey(row.getString("cluster_key")),
                            row.getBoolean("is_ours")))
                .list());
  }
}
