package dev.retrospec.sessions;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.apiError;
import static dev.retrospec.sessions.SessionFixture.clustered;
import static dev.retrospec.sessions.StoredVisits.AN_HOUR_AGO;
import static dev.retrospec.sessions.StoredVisits.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionSearchTest {

  private final StoredVisits visits = new StoredVisits();
  private final SessionQueries queries = new SessionQueries(TestDatabase.get().jdbi());
  private final ProjectId project = visits.project;

  @Test
  void whatWasSaidIsFoundWhetherTheSessionHasEndedOrNot() {
    SessionId ended = visits.recorded(AN_HOUR_AGO, "interval");
    SessionId going = visits.recorded(NOW, "interval");
    for (SessionId session : List.of(ended, going)) {
      visits.event(session, 0, 1, "console", "Card DECLINED by issuer 50%");
      visits.event(session, 0, 2, "navigation", "https://shop.example/orders/4711/pay");
      visits.event(session, 0, 3, "click", "Place order");
      visits.event(session, 0, 4, "click", "node 77");
      new ErrorMarkers(TestDatabase.get().jdbi())
          .add(project, session, List.of(clustered(apiError("m1", 503), "v1:a")));
    }
    visits.end();

    assertThat(queries.find(project, going).orElseThrow().status())
        .isEqualTo(SessionStatus.RECORDING);
    for (String text :
        List.of("declined", "issuer card", "orders/47", "\"place order\"", "answered 503", "50%")) {
      assertThat(visits.found(text)).as(text).containsExactlyInAnyOrder(ended, going);
    }
    assertThat(visits.found("\"order place\"")).isEmpty();
    assertThat(visits.found("card nobody")).isEmpty();
    assertThat(visits.found("5_%")).isEmpty();
    assertThat(visits.found("ok")).isEmpty();
  }

  @Test
  void pagesOfASearchFollowEachOtherBeyondTheWalk() {
    List<SessionId> newestFirst = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      SessionId session = visits.recorded(AN_HOUR_AGO, "interval", START.minusSeconds(i));
      visits.event(session, 0, 1, "console", i % 3 == 0 ? "a rare pearl" : "gravel");
      if (i % 3 == 0) {
        newestFirst.add(session);
      }
    }
    visits.end();

    for (int walk : new int[] {1, 4, 1_000}) {
      SessionQueries walking = new SessionQueries(TestDatabase.get().jdbi(), walk);
      Page<SessionRow> first = walking.search(project, StoredVisits.withText("pearl", 4, null));
      Page<SessionRow> second =
          walking.search(
              project, StoredVisits.withText("pearl", 4, Cursor.parse(first.nextCursor())));
      Page<SessionRow> last =
          walking.search(
              project, StoredVisits.withText("pearl", 4, Cursor.parse(second.nextCursor())));

      List<SessionId> all = new ArrayList<>();
      List.of(first, second, last).forEach(page -> page.items().forEach(row -> all.add(row.id())));
      assertThat(all).as("walk of " + walk).isEqualTo(newestFirst);
      assertThat(last.nextCursor()).isNull();
    }
  }

  @Test
  void aProjectFindsOnlyItsOwn() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "interval");
    visits.event(session, 0, 1, "console", "secretword");
    visits.end();

    assertThat(visits.found("secretword")).containsExactly(session);
    assertThat(
            queries
                .search(
                    TestDatabase.get().newProject(), StoredVisits.withText("secretword", 10, null))
                .items())
        .isEmpty();
  }

  @Test
  void whatWasSaidIsFoundBesideManyFailures() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "interval");
    visits.event(session, 0, 1, "console", "the one line that matters");
    visits.execute(
        """
        insert into error_marker (id, project_id, session_id, kind, subkind, label, evidence,
          route, replay_offset_ms, observed_at, cluster_key)
        select 'm' || n || ?, ?, ?, 'js_exception', 'x', 'failure ' || n, repeat('y', 2_000) || n,
          '/', 0, now(), 'v1:x'
        from generate_series(1, 50) n""",
        session.value(),
        project,
        session);
    visits.end();

    assertThat(visits.found("\"line that matters\"")).containsExactly(session);
    assertThat(visits.found("\"failure 1\"")).containsExactly(session);
  }

  @Test
  void afterAnUpgradeOnlyTheNewestOfWhatWaitsIsReadEventByEvent() {
    List<SessionId> newestFirst =
        IntStream.range(0, 6)
            .mapToObj(i -> visits.recorded(NOW, "interval", START.minusSeconds(i)))
            .toList();
    newestFirst.forEach(session -> visits.event(session, 0, 1, "console", "gravel"));

    SessionQueries walking = new SessionQueries(TestDatabase.get().jdbi(), 4);

    assertThat(walking.search(project, StoredVisits.withText("gravel", 10, null)).items())
        .extracting(SessionRow::id)
        .containsExactlyElementsOf(newestFirst.subList(0, 4));
  }

  @Test
  void wordsOfAnyScriptAreFoundBeyondTheWalk() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "interval", START.minusSeconds(60));
    visits.event(session, 0, 1, "console", "Überweisung оплата 支払い方法");
    for (int i = 0; i < 5; i++) {
      visits.event(visits.recorded(AN_HOUR_AGO, "interval"), 0, 1, "console", "gravel");
    }
    visits.end();

    SessionQueries walking = new SessionQueries(TestDatabase.get().jdbi(), 2);
    for (String text : List.of("überw", "оплата", "支払い")) {
      assertThat(walking.search(project, StoredVisits.withText(text, 10, null)).items())
          .as(text)
          .extracting(SessionRow::id)
          .containsExactly(session);
    }
  }
}
