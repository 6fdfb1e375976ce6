package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.testing.TestDatabase;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Rows as the features below would have stored them, in a project of one test's own. */
final class StoredRows {

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final ProjectId project = TestDatabase.get().newProject();
  private final Instant now;

  StoredRows(Instant now) {
    this.now = now;
  }

  ProjectId project() {
    return project;
  }

  void session(String id, long minutesAgo, int markers) {
    write(
        """
        insert into session (project_id, id, site, route, started_at, ended_at, duration_ms,
          user_id, browser, marker_count, created_at)
        values (:project, :id, 'shop', '/checkout', :at, :at, 60000, :user, 'Firefox', :markers, :at)
        """,
        Map.of("id", id, "at", minutesBefore(minutesAgo), "user", "u-" + id, "markers", markers));
  }

  void issue(String key, String state, long minutesAgo) {
    write(
        """
        insert into issue_cluster (project_id, key, kind, symptom, route, session_count, user_count,
          marker_count, representative_session_id, representative_marker_id, confidence,
          first_seen_at, last_seen_at, promoted_at, promotion_reason, state)
        values (:project, :key, 'js_exception', 'Broken ' || :key, '/checkout', 2, 2, 3, 's1',
          'm-s1', 0.8, :at, :at, :at, 'seen in 2 sessions', :state)
        """,
        Map.of("key", key, "state", state, "at", minutesBefore(minutesAgo)));
  }

  void mutedUntil(String key, Instant end) {
    write(
        "update issue_cluster set muted_until = :end where project_id = :project and key = :key",
        Map.of("key", key, "end", end));
  }

  void delta(String key, int sessions) {
    write(
        """
        insert into cluster_delta (project_id, cluster_key, sessions, users, markers, last_seen_at)
        values (:project, :key, :sessions, 1, 4, :at)
        """,
        Map.of("key", key, "sessions", sessions, "at", now));
  }

  void marker(String session, String key, String kind, long offsetMs, long minutesAgo) {
    Map<String, Object> values =
        Map.of(
            "session", session,
            "id", "m-" + session,
            "kind", kind,
            "key", key,
            "offset", offsetMs,
            "at", minutesBefore(minutesAgo));
    write(
        """
        insert into error_marker (project_id, session_id, id, kind, cluster_key, label, route,
          replay_offset_ms, error, observed_at)
        values (:project, :session, :id, :kind, :key, 'Gift wrap is not defined', '/checkout',
          :offset, '{"type": "TypeError", "stack": "at wrap (shop.js:1)"}', :at)
        """,
        values);
    write(
        """
        insert into cluster_session (project_id, cluster_key, session_id, visitor,
          first_marker_id, marker_count, first_observed_at, last_observed_at, created_at)
        values (:project, :key, :session, 's:' || :session, :id, 1, :at, :at, :at)
        """,
        values);
  }

  void report(String session, String status, double confidence) {
    write(
        """
        insert into report_card (id, project_id, session_id, status, symptom, confidence, evidence)
        values (:id, :project, :session, :status, 'It broke', :confidence,
          '[{"atMs": 1200, "text": "The visitor pressed Pay"}]')
        """,
        Map.of(
            "id", "rep-" + project + session,
            "session", session,
            "status", status,
            "confidence", confidence));
  }

  private Instant minutesBefore(long minutes) {
    return now.minusSeconds(minutes * 60);
  }

  private void write(String sql, Map<String, ?> values) {
    jdbi.useHandle(
        handle -> handle.createUpdate(sql).bind("project", project).bindMap(values).execute());
  }
}
