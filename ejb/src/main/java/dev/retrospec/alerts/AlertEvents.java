package dev.retrospec.alerts;

import dev.retrospec.ids.AlertEventId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.PromotionTrigger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The stored decisions to alert. All methods take part in the caller's transaction. */
@ApplicationScoped
public class AlertEvents {

  private static final String ADD =
      """
      insert into issue_alert_event
        (id, project_id, cluster_key, event, trigger, status, reason, created_at)
      values (:id, :project, :key, :event, :trigger, :status, :reason, :now)
      """;

  private static final String LAST =
      """
      select created_at from issue_alert_event
      where project_id = :project and cluster_key = :key and status in ('queued', 'sent')
      order by created_at desc limit 1
      """;

  private static final String FINISH =
      """
      update issue_alert_event set
        status = :status, reason = :reason, http_status = :httpStatus,
        sent_at = case when :status = 'sent' then cast(:now as timestamptz) end
      where project_id = :project and id = :id and status in ('queued', 'failed')
      """;

  private final Jdbi jdbi;

  @Inject
  public AlertEvents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertEvents() {
    this(null);
  }

  /**
   * Writes a decision down.
   *
   * @param reason null when it is to be sent
   */
  void add(
      AlertEventId id,
      ProjectId project,
      ClusterKey key,
      AlertKind kind,
      PromotionTrigger trigger,
      @Nullable String reason,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("id", id)
                .bind("project", project)
                .bind("key", key)
                .bind("event", kind.wireName())
                .bind("trigger", trigger.wireName())
                .bind("status", reason == null ? "queued" : "suppressed")
                .bind("reason", reason)
                .bind("now", now)
                .execute());
  }

  /** When the last alert about the cluster was queued, unless it failed. */
  Optional<Instant> last(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LAST)
                .bind("project", project)
                .bind("key", key)
                .mapTo(Instant.class)
                .findOne());
  }

  /** One decision. */
  public Optional<AlertEvent> find(ProjectId project, AlertEventId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from issue_alert_event where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(ConstructorMapper.of(AlertEvent.class))
                .findOne());
  }

  /** The decisions about a cluster, newest first. */
  public List<AlertEvent> of(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from issue_alert_event
                    where project_id = :project and cluster_key = :key
                    order by created_at desc, id limit 100
                    """)
                .bind("project", project)
                .bind("key", key)
                .map(ConstructorMapper.of(AlertEvent.class))
                .list());
  }

  /** Ends an alert; one that was sent or suppressed stays as it is. */
  void finish(
      ProjectId project,
      AlertEventId id,
      String status,
      @Nullable String reason,
      @Nullable Integer httpStatus,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(FINISH)
                .bind("project", project)
                .bind("id", id)
                .bind("status", status)
                .bind("reason", reason)
                .bind("httpStatus", httpStatus)
                .bind("now", now)
                .execute());
  }
}
