package dev.retrospec.issues.trends;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * The hours of a project's clusters together: what {@link ClusterHours} writes is added here in the
 * same transaction, which must be the caller's.
 */
@ApplicationScoped
public class ProjectHours implements ExpiringData {

  /**
   * Of release, browser and kind in an hour; the rest stands together, see {@link ClusterHours}.
   */
  static final int MAX_PARTS_OF_AN_HOUR = 200;

  /**
   * What was counted together is taken away there, too. In the order of keys, as all who write
   * several rows.
   */
  private static final String ADD =
      """
      with change as (
        select * from jsonb_to_recordset(cast(:changes as jsonb)) as t
          (project text, hour timestamptz, kind text, release text, browser text,
           sessions integer)),
      placed as (
        select t.*, h.project_id is not null as known,
               (select count(*) from project_hour o
                where o.project_id = t.project and o.hour = t.hour)
                 + row_number() over (
                     partition by t.project, t.hour, h.project_id is null
                     order by t.sessions desc, t.kind, t.release, t.browser) as place
        from change t
        left join project_hour h on h.project_id = t.project and h.hour = t.hour
          and h.kind = t.kind and h.release = t.release and h.browser = t.browser),
      kept as (
        select *, known or sessions > 0 and place <= :parts as apart from placed)
      insert into project_hour as h (project_id, hour, kind, release, browser, sessions)
      select project, hour, kind, case when apart then release else '' end,
             case when apart then browser else '' end, sum(sessions)
      from kept group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (project_id, hour, kind, release, browser)
        do update set sessions = h.sessions + excluded.sessions
      """;

  /** By project, because the key begins with it. */
  private static final String FORGET =
      "delete from project_hour h using project p where h.project_id = p.id and h.hour < :before";

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public ProjectHours(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ProjectHours() {
    this(null, null);
  }

  /** One part of one hour of one cluster; fewer than no sessions when it was taken away. */
  record Change(
      String project, Instant hour, String kind, String release, String browser, int sessions) {

    Change with(int otherSessions) {
      return new Change(project, hour, kind, release, browser, otherSessions);
    }
  }

  /** Adds them up; what cancels itself is not written. */
  void add(Collection<Change> changes) {
    Map<Change, Integer> sums = new LinkedHashMap<>();
    changes.forEach(one -> sums.merge(one.with(0), one.sessions(), Integer::sum));
    List<Change> net = new ArrayList<>();
    sums.forEach(
        (part, sessions) -> {
          if (sessions != 0) {
            net.add(part.with(sessions));
          }
        });
    if (!net.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(ADD)
                  .bind("changes", Json.write(net))
                  .bind("parts", MAX_PARTS_OF_AN_HOUR)
                  .execute());
    }
  }

  /** Hours outlive the sessions that they count. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant before) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(FORGET)
                .bind("before", clock.instant().minus(ClusterHours.KEPT))
                .execute());
    return Deleted.NOTHING;
  }
}
