package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.replays.Artifacts;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.sessions.SessionFilter;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final SessionQueries queries = new SessionQueries(jdbi);
  private final SessionInspection sessions =
      new SessionInspection(
          jdbi,
          queries,
          new ReportCards(jdbi, new Outbox(TestDatabase.get(), CLOCK, Map.of()).queue, CLOCK),
          new Artifacts(jdbi));
  private final SessionListInspection list = new SessionListInspection(jdbi, queries);
  private final StoredRows stored = new StoredRows(NOW);
  private final ProjectId project = stored.project();

  @BeforeEach
  void aFailingAndAHealthySession() {
    stored.issue("gift", "open", 5);
    stored.session("s1", 20, 1);
    stored.session("healthy", 5, 0);
    stored.marker("s1", "gift", "js_exception", 12_000, 20);
    stored.report("s1", "ready", 0.9);
  }

  @Test
  void listsSessionsWithTheirFirstMarkerAndReport() {
    SessionListView view = list.open(project, SessionFilter.ALL);

    assertThat(view.rows())
        .extracting(row -> row.session().id().value())
        .containsExactly("healthy", "s1");
    assertThat(view.rows().get(0).firstMarker()).isNull();
    assertThat(view.rows().get(1).firstMarker().replayOffsetMs()).isEqualTo(12_000);
    assertThat(view.rows().get(1).reportStatus()).isEqualTo("ready");
  }

  @Test
  void knowsAProjectThatNeverRecorded() {
    SessionListView view = list.open(TestDatabase.get().newProject(), SessionFilter.ALL);

    assertThat(view.everRecorded()).isFalse();
  }

  @Test
  void opensASessionWithMarkersAndReport() {
    SessionPageView view = sessions.open(project, new SessionId("s1")).orElseThrow();

    assertThat(view.session().userId()).isEqualTo("u-s1");
    assertThat(view.markers()).hasSize(1);
    assertThat(view.markers().get(0).issue()).isEqualTo("Broken gift");
    assertThat(view.report().evidence())
        .containsExactly(new Evidence(1_200, "The visitor pressed Pay"));
  }

  @Test
  void findsTheProjectOfALinkThatNamesNone() {
    SessionId unique = new SessionId("only-" + project);
    stored.session(unique.value(), 1, 0);

    assertThat(sessions.projectOf(unique)).contains(project);
    assertThat(sessions.projectOf(new SessionId("never-recorded"))).isEmpty();
  }

  @Test
  void anotherProjectDoesNotSeeTheSession() {
    assertThat(sessions.open(TestDatabase.get().newProject(), new SessionId("s1"))).isEmpty();
  }
}
