package dev.retrospec.reports;

import static dev.retrospec.recordings.RecordingFixture.START;
import static dev.retrospec.recordings.RecordingFixture.custom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutePeersTest {

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final RecordingFixture recordings = new RecordingFixture();
  private final RoutePeers peers = new RoutePeers(database.jdbi());

  @Test
  void saysHowARequestGoesInHealthySessionsOfTheRoute() {
    visit(request("POST", "https://a.test/api/pay?x=1", "201"));
    visit(request("POST", "/api/pay", "500"));
    visit(request("GET", "https://a.test/api/pay", "200"));
    visit(request("POST", "https://a.test/api/pay", "\"odd\""));
    fails(visit(request("POST", "https://a.test/api/pay", "201")), null);
    fails(visit(request("POST", "https://a.test/api/pay", "201")), "resize-observer");

    assertThat(peers.answered(project, "/", SessionId.mint(), "POST", "/api/pay"))
        .isEqualTo(new RoutePeers.Answered(5, 2, 1));
    assertThat(peers.answered(project, "/other", SessionId.mint(), "POST", "/api/pay"))
        .isEqualTo(new RoutePeers.Answered(0, 0, 0));
    assertThat(peers.answered(database.newProject(), "/", SessionId.mint(), "POST", "/api/pay"))
        .isEqualTo(new RoutePeers.Answered(0, 0, 0));
  }

  /**
   * @param noise the rule by which the failure is none
   */
  private void fails(SessionId session, @Nullable String noise) {
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  insert into error_marker
                    (project_id, session_id, id, kind, cluster_key, label, route,
                     replay_offset_ms, observed_at, noise)
                  values (?, ?, 'm1', 'js_exception', 'c1', 'boom', '/', 0, now(), ?)
                  """,
                  project.value(),
                  session.value(),
                  noise);
              handle.execute(
                  "update session set marker_count = 1 where project_id = ? and id = ?",
                  project.value(),
                  session.value());
            });
  }

  private SessionId visit(String events) {
    SessionId session = SessionId.mint();
    recordings.spool(project, session, 0, START, events);
    return session;
  }

  private static String request(String method, String url, String status) {
    return custom(
        "rs.network",
        "{\"method\":\"%s\",\"url\":\"%s\",\"status\":%s,\"durationMs\":5}"
            .formatted(method, url, status),
        100);
  }
}
