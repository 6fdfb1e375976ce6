package dev.retrospec.inspection;

/** What the pages' statements on issues share. */
final class IssueSql {

  /** A mute ends by itself; nobody has to write that. */
  private static final String STATE =
      """
      case when c.state = 'muted' and c.muted_until <= :now then 'open' else c.state end as state
      """;

  /** The states of a project's issues; binds {@code project} and {@code now}. */
  static final String STATES =
      "select "
          + STATE
          + " from issue_cluster c where c.project_id = :project and c.promoted_at is not null";

  /**
   * The columns of {@link IssueLine} for a project's issues; binds {@code project} and {@code now}.
   */
  static final String LINES =
      """
      select c.key, c.kind, c.symptom, c.route,
        c.session_count + coalesce(d.sessions, 0) as session_count,
        c.user_count + coalesce(d.users, 0) as user_count,
        c.marker_count + coalesce(d.markers, 0) as marker_count,
        c.confidence, c.first_seen_at, greatest(c.last_seen_at, d.last_seen_at) as last_seen_at,
        c.promoted_at, c.promotion_trigger, c.promotion_reason,
      """
          + STATE
          + """
            , c.assignee, c.state_note, c.muted_until, c.state_updated_at, c.version,
        c.representative_session_id, c.representative_marker_id
      from issue_cluster c
      left join lateral (
        select sum(sessions)::int as sessions, sum(users)::int as users,
          sum(markers)::bigint as markers, max(last_seen_at) as last_seen_at
        from cluster_delta
        where project_id = c.project_id and cluster_key = c.key) d on true
      where c.project_id = :project and c.promoted_at is not null
      """;

  private IssueSql() {}

  /** For {@code ilike}; the characters that mean something there stand for themselves. */
  static String contains(String text) {
    return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }
}
