package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** What an operator asks of the outbox. Its cost follows what waits, not what was ever done. */
@ApplicationScoped
public class QueueQueries {

  private final Jdbi jdbi;

  @Inject
  public QueueQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  protected QueueQueries() {
    this(null);
  }

  /** Of every kind, empty queues included. */
  public Map<JobKind, QueueDepth> depths() {
    Map<JobKind, QueueDepth> depths = new EnumMap<>(JobKind.class);
    for (JobKind kind : JobKind.values()) {
      depths.put(kind, QueueDepth.EMPTY);
    }
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select kind,
                           sum(n) filter (where status in ('pending', 'running')) as pending,
                           sum(n) filter (where status = 'retrying') as retrying,
                           sum(n) filter (where status = 'dead') as dead
                    from (select kind, status, count(*) as n from job
                          where status in ('pending', 'retrying', 'running')
                          group by kind, status
                          union all
                          select kind, status, count(*) from job
                          where status = 'dead' group by kind, status) counted
                    group by kind
                    """)
                .map(
                    (row, context) ->
                        depths.put(
                            JobKind.fromWireName(row.getString("kind")),
                            new QueueDepth(
                                row.getLong("pending"),
                                row.getLong("retrying"),
                                row.getLong("dead"))))
                .list());
    return depths;
  }

  long deadCount(JobKind kind) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from job where status = 'dead' and kind = :kind")
                .bind("kind", kind.wireName())
                .mapTo(Long.class)
                .one());
  }

  /** The latest first. */
  List<DeadLetter> dead(JobKind kind, int limit, int offset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, project_id, subject, attempts, last_error, created_at, updated_at
                    from job where status = 'dead' and kind = :kind
                    order by updated_at desc, id desc limit :limit offset :offset
                    """)
                .bind("kind", kind.wireName())
                .bind("limit", limit)
                .bind("offset", offset)
                .map(
                    (row, context) ->
                        new DeadLetter(
                            new JobId(row.getLong("id")),
                            kind,
                            new ProjectId(row.getString("project_id")),
                            row.getString("subject"),
                            row.getInt("attempts"),
                            row.getString("last_error"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .list());
  }
}
