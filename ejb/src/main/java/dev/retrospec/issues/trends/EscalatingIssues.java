package dev.retrospec.issues.trends;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.TriageState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What escalation asks of stored issues, and writes. In the caller's transaction. */
@ApplicationScoped
public class EscalatingIssues {

  private static final String FIRST =
      """
      select promoted_at, first_seen_at, created_at from issue_cluster
      where project_id = :project and key = :key and promoted_at is not null
        and (state in ('open', 'acknowledged', 'regressed')
          or state = 'muted' and mute_until_escalating)
      """;

  private static final String SEEN =
      """
      select count(*)::integer from (
        select 1 from cluster_session
        where project_id = :project and cluster_key = :key and created_at > :since
        limit 1000000) as seen
      """;

  private static final String PAST =
      """
      select hour, sum(sessions)::integer as sessions from cluster_hour
      where project_id = :project and cluster_key = :key and hour >= :from and hour < :to
      group by hour
      """;

  private static final String ESCALATE =
      """
      update issue_cluster set
        escalated_from = case when state = 'muted' then 'open' else state end,
        state = 'escalating', escalated_at = :now, escalated_usual = :usual,
        muted_until = null, mute_sessions = null, mute_sessions_left = null, mute_users = null,
        mute_users_left = null, mute_until_escalating = false,
        state_updated_at = :now, version = version + 1
      where project_id = :project and key = :key and promoted_at is not null
        and (state in ('open', 'acknowledged', 'regressed')
          or state = 'muted' and mute_until_escalating)
      """;

  private static final String ESCALATED =
      """
      select c.project_id, c.key,
             coalesce(c.escalated_at, c.state_updated_at, c.created_at) as escalated_at,
             coalesce(c.escalated_usual, 0) as usual,
             (select count(*)::integer from cluster_session s
              where s.project_id = c.project_id and s.cluster_key = c.key
                and s.created_at > :since) as seen
      from issue_cluster c where c.state = 'escalating' order by 1, 2
      """;

  private static final String CALM =
      """
      update issue_cluster set
        state = coalesce(escalated_from, 'open'), escalated_from = null, escalated_at = null,
        escalated_usual = null, state_updated_at = :now, version = version + 1
      where project_id = :project and key = :key and state = 'escalating'
      returning state
      """;

  private final Jdbi jdbi;

  @Inject
  public EscalatingIssues(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected EscalatingIssues() {
    this(null);
  }

  /** An issue that may escalate, as of now. */
  record Watched(int lastHour, List<Integer> past) {}

  /** An issue that has escalated. */
  record Escalated(
      ProjectId projectId, ClusterKey key, Instant since, double usualPerHour, int lastHours) {}

  /** Empty for what is no issue, is resolved, muted for another reason, or escalating already. */
  Optional<Watched> watched(ProjectId project, ClusterKey key, Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIRST)
                .bind("project", project)
                .bind("key", key)
                .map((row, context) -> row.getTimestamp("created_at").toInstant())
                .findOne()
                .map(
                    created -> {
                      Instant from = first(created, hour);
                      int length = (int) Math.max(0, Duration.between(from, hour).toHours());
                      List<Integer> past = new ArrayList<>(Collections.nCopies(length, 0));
                      handle
                          .createQuery(PAST)
                          .bind("project", project)
                          .bind("key", key)
                          .bind("from", from)
                          .bind("to", hour)
                          .map(
                              (row, context) ->
                                  past.set(
                                      (int)
                                          Duration.between(
                                                  from, row.getTimestamp("hour").toInstant())
                                              .toHours(),
                                      row.getInt("sessions")))
                          .list();
                      return new Watched(seen(project, key, now.minus(Duration.ofHours(1))), past);
                    }));
  }

  /** The first complete hour of its life that is looked at. */
  private static Instant first(Instant created, Instant hour) {
    Instant begin = created.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    Instant earliest = hour.minus(EscalationPolicy.MAX_HOURS, ChronoUnit.HOURS);
    return begin.isBefore(earliest) ? earliest : begin;
  }

  private int seen(ProjectId project, ClusterKey key, Instant since) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SEEN)
                .bind("project", project)
                .bind("key", key)
                .bind("since", since)
                .mapTo(Integer.class)
                .one());
  }

  /** Whether this call did it. */
  boolean escalate(ProjectId project, ClusterKey key, double usualPerHour, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(ESCALATE)
                    .bind("project", project)
                    .bind("key", key)
                    .bind("usual", usualPerHour)
                    .bind("now", now)
                    .execute()
                == 1);
  }

  /** All that are escalating, with the sessions of the last three hours. */
  List<Escalated> escalated(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ESCALATED)
                .bind("since", now.minus(Duration.ofHours(3)))
                .map(
                    (row, context) ->
                        new Escalated(
                            new ProjectId(row.getString("project_id")),
                            new ClusterKey(row.getString("key")),
                            row.getTimestamp("escalated_at").toInstant(),
                            row.getDouble("usual"),
                            row.getInt("seen")))
                .list());
  }

  /** The state that it has gone back to; empty when somebody decided meanwhile. */
  Optional<TriageState> calm(ProjectId project, ClusterKey key, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(CALM)
                .bind("project", project)
                .bind("key", key)
                .bind("now", now)
                .mapTo(String.class)
                .findOne()
                .map(TriageState::fromWireName));
  }
}
