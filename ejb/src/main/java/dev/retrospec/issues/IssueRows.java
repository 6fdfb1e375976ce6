package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.Confidence;
import dev.retrospec.sessions.MarkerKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is read as of now: with the deltas that are not folded yet, and mutes that end. The
 * only place that adds deltas up for a reader. Where none of the sums is asked for, PostgreSQL
 * leaves the deltas out; where one key is, it reads that key's alone.
 */
final class IssueRows {

  /** As a {@code from} item named {@code c}; binds {@code project} and {@code now}. */
  static final String CURRENT =
      """
      (select i.project_id, i.key, i.kind, i.symptom, i.route,
              i.session_count + coalesce(d.sessions, 0) as session_count,
              i.user_count + coalesce(d.users, 0) as user_count,
              i.marker_count + coalesce(d.markers, 0) as marker_count,
              i.representative_session_id, i.representative_marker_id, i.confidence,
              i.first_seen_at, greatest(i.last_seen_at, d.last_seen_at) as last_seen_at,
              i.promoted_at, i.promotion_trigger, i.promotion_reason,
              case when i.state = 'muted' and (i.muted_until <= :now
                  or i.mute_sessions_left <= coalesce(d.seen_sessions, 0)
                  or i.mute_users_left <= coalesce(d.seen_users, 0)) then 'open'
                else i.state end as state,
              case when i.muted_until > :now then i.muted_until end as muted_until,
              i.mute_sessions,
              i.mute_sessions_left - coalesce(d.seen_sessions, 0) as mute_sessions_left,
              i.mute_users, i.mute_users_left - coalesce(d.seen_users, 0) as mute_users_left,
              i.mute_until_escalating, i.resolved_in_release,
              i.assignee, i.state_note, i.state_updated_at, i.version, i.created_at
       from issue_cluster i
       left join (
         select cluster_key, sum(sessions)::integer as sessions, sum(users)::integer as users,
                sum(markers) as markers, max(last_seen_at) as last_seen_at,
                (sum(sessions) filter (where not moved))::integer as seen_sessions,
                (sum(users) filter (where not moved))::integer as seen_users
         from cluster_delta where project_id = :project group by cluster_key) d
         on d.cluster_key = i.key
       where i.project_id = :project) c
      """;

  private IssueRows() {}

  static IssueView view(ResultSet row, StatementContext context) throws SQLException {
    MarkerKind kind = MarkerKind.fromWireName(row.getString("kind"));
    int sessions = row.getInt("session_count");
    int users = row.getInt("user_count");
    String session = row.getString("representative_session_id");
    String marker = row.getString("representative_marker_id");
    String trigger = row.getString("promotion_trigger");
    TriageState state = TriageState.fromWireName(row.getString("state"));
    return new IssueView(
        new ProjectId(row.getString("project_id")),
        new ClusterKey(row.getString("key")),
        row.getString("symptom"),
        sessions,
        users,
        session == null ? null : new SessionId(session),
        Confidence.of(kind, sessions, users),
        row.getTimestamp("last_seen_at").toInstant(),
        row.getTimestamp("created_at").toInstant(),
        state,
        orEmpty(row.getString("assignee")),
        instant(row, "muted_until"),
        orEmpty(row.getString("state_note")),
        instant(row, "state_updated_at"),
        kind,
        row.getString("route"),
        row.getLong("marker_count"),
        marker == null ? null : new MarkerId(marker),
        row.getTimestamp("first_seen_at").toInstant(),
        instant(row, "promoted_at"),
        trigger == null ? null : PromotionTrigger.fromWireName(trigger),
        row.getString("promotion_reason"),
        row.getInt("version"),
        row.getString("resolved_in_release"),
        state == TriageState.MUTED ? mute(row) : null);
  }

  private static IssueMute mute(ResultSet row) throws SQLException {
    return new IssueMute(
        row.getObject("mute_sessions", Integer.class),
        row.getObject("mute_sessions_left", Integer.class),
        row.getObject("mute_users", Integer.class),
        row.getObject("mute_users_left", Integer.class),
        row.getBoolean("mute_until_escalating"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
