package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueMuteEnded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The mutes that hold, and what ends them. All methods take part in the caller's transaction. */
@ApplicationScoped
public class IssueMutes {

  /**
   * The row says why; of several reasons the time is told. Rows that somebody else is at wait for
   * the next call.
   */
  private static final String END =
      """
      with over as (
        select project_id, key, muted_until, mute_sessions, mute_sessions_left, mute_users
        from issue_cluster
        where state = 'muted'
          and (muted_until <= :now or mute_sessions_left <= 0 or mute_users_left <= 0)
        order by project_id, key limit :limit for no key update skip locked)
      update issue_cluster c set
        state = 'open', muted_until = null, mute_sessions = null, mute_sessions_left = null,
        mute_users = null, mute_users_left = null, mute_until_escalating = false,
        state_updated_at = :now, version = version + 1
      from over o
      where c.project_id = o.project_id and c.key = o.key and c.state = 'muted'
      returning c.project_id, c.key, o.muted_until <= :now as by_time,
        o.mute_sessions_left <= 0 as by_sessions, o.mute_sessions, o.mute_users
      """;

  private static final String UNFOLDED =
      """
      select coalesce(sum(sessions), 0)::integer as sessions,
             coalesce(sum(users), 0)::integer as users
      from cluster_delta where project_id = :project and cluster_key = :key and not moved
      """;

  private final Jdbi jdbi;

  @Inject
  public IssueMutes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueMutes() {
    this(null);
  }

  /** With the cluster's row locked: what is folded later counts for a mute, what waits does not. */
  UnfoldedCounts unfolded(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(UNFOLDED)
                .bind("project", project)
                .bind("key", key)
                .map(
                    (row, context) ->
                        new UnfoldedCounts(row.getInt("sessions"), row.getInt("users")))
                .one());
  }

  /** Opens the issues whose mute is over, at most so many; each is answered once. */
  List<IssueMuteEnded> end(Instant now, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(END)
                .bind("now", now)
                .bind("limit", limit)
                .map(IssueMutes::ended)
                .list());
  }

  private static IssueMuteEnded ended(ResultSet row, StatementContext context) throws SQLException {
    String reason;
    if (row.getBoolean("by_time")) {
      reason = "its time is over";
    } else if (row.getBoolean("by_sessions")) {
      reason = more(row.getInt("mute_sessions"), "session") + " showed it";
    } else {
      reason = more(row.getInt("mute_users"), "user") + " met it";
    }
    return new IssueMuteEnded(
        new ProjectId(row.getString("project_id")), new ClusterKey(row.getString("key")), reason);
  }

  private static String more(int count, String one) {
    return count + " more " + one + (count == 1 ? "" : "s");
  }
}
