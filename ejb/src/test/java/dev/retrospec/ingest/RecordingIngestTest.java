package dev.retrospec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.fixture.RrwebFixture;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueView;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.sessions.SessionErased;
import dev.retrospec.sessions.SessionView;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingIngestTest {

  private static final ChunkNumber FIRST = new ChunkNumber(0);
  private static final String EVENT =
      "{\"type\":4,\"timestamp\":1772359200000,\"data\":{\"href\":\"https://shop.example/cart\"}}";
  private static final String FAILURE =
      "{\"id\":\"m1\",\"kind\":\"api_error\",\"label\":\"POST /api/pay answered 500\","
          + "\"replayOffsetMs\":0}";

  private final IngestFixture ingest = new IngestFixture();
  private final ProjectId project = ingest.newProject();
  private final SessionId session = SessionId.mint();

  @Test
  void whatWasAcceptedIsReadAgain() throws IOException {
    String events = RrwebFixture.events(20_000, 1);

    ChunkReceipt receipt = ingest.chunk(project, session, FIRST, chunk(events, ""));

    assertThat(receipt).isInstanceOf(ChunkReceipt.Accepted.class);
    assertThat(ingest.events(project, session))
        .startsWith("[{\"type\":4")
        .hasSizeGreaterThan(15_000);
    SessionView stored = ingest.session(project, session);
    assertThat(stored.chunkCount()).isEqualTo(1);
    assertThat(stored.route()).isEqualTo("/checkout");
    assertThat(stored.userId()).isEqualTo("alice");
  }

  @Test
  void sendingAChunkAgainChangesNothing() throws IOException {
    String body = chunk("[" + EVENT + "]", FAILURE);
    ingest.chunk(project, session, FIRST, body);

    assertThat(ingest.chunk(project, session, FIRST, body))
        .isInstanceOf(ChunkReceipt.Repeated.class);

    assertThat(ingest.session(project, session).eventCount()).isEqualTo(1);
    assertThat(ingest.session(project, session).markerCount()).isEqualTo(1);
  }

  @Test
  void otherContentUnderTheSameNumberIsAConflict() throws IOException {
    ingest.chunk(project, session, FIRST, chunk("[" + EVENT + "]", ""));

    assertThat(ingest.chunk(project, session, FIRST, chunk("[" + EVENT + "," + EVENT + "]", "")))
        .isInstanceOf(ChunkReceipt.Conflicting.class);

    assertThat(ingest.session(project, session).eventCount()).isEqualTo(1);
  }

  @Test
  void chunksOfOneSessionMayComeAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<ChunkReceipt>> posts =
          java.util.stream.IntStream.range(0, 16)
              .mapToObj(
                  seq ->
                      (Callable<ChunkReceipt>)
                          () ->
                              ingest.chunk(
                                  project,
                                  session,
                                  new ChunkNumber(seq),
                                  chunk("[" + EVENT + "]", "")))
              .toList();
      for (Future<ChunkReceipt> receipt : threads.invokeAll(posts)) {
        assertThat(receipt.get()).isInstanceOf(ChunkReceipt.Accepted.class);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(ingest.session(project, session).chunkCount()).isEqualTo(16);
  }

  @Test
  void anUploadTakesTheOtherOnesPlace() throws IOException {
    UploadReceipt first = ingest.upload(project, upload("[" + EVENT + "]"));
    UploadReceipt second = ingest.upload(project, upload("[" + EVENT + "," + EVENT + "]"));

    assertThat(second).isEqualTo(first);
    SessionView stored = ingest.session(project, session);
    assertThat(stored.eventCount()).isEqualTo(2);
    assertThat(stored.chunkCount()).isEqualTo(1);
    assertThat(stored.eventsObjectKey()).isEqualTo(first.eventsObjectKey());
    assertThat(ingest.events(project, session)).isEqualTo("[" + EVENT + "," + EVENT + "]");
  }

  @Test
  void whatTheListBesideTheReplayHasNoRoomForIsCounted() {
    int room = EventStream.MAX_TIMELINE;
    ingest.chunk(project, session, FIRST, chunk(clicks(room), ""));
    assertThat(ingest.session(project, session).completeness().dropped()).isEmpty();

    ingest.chunk(project, session, new ChunkNumber(2), chunk(clicks(room + 3), ""));
    ingest.chunk(project, session, new ChunkNumber(3), chunk(clicks(room + 4), ""));

    assertThat(ingest.session(project, session).completeness().dropped())
        .containsOnly(Map.entry("timeline", 7L));
  }

  @Test
  void aLongerUploadOfTheSameRecordingCountsWhatItLeavesOutOnce() {
    int room = EventStream.MAX_TIMELINE;
    ingest.upload(project, upload(clicks(room + 3)));
    ingest.upload(project, upload(clicks(room + 5)));
    ingest.upload(project, upload(clicks(room + 5)));

    assertThat(ingest.session(project, session).completeness().dropped())
        .containsOnly(Map.entry("timeline", 5L));
  }

  private static String clicks(int number) {
    return Collections.nCopies(
            number,
            "{\"type\":3,\"timestamp\":1,\"data\":{\"source\":2,\"type\":2,\"id\":1,\"x\":1,\"y\":1}}")
        .toString();
  }

  @Test
  void uploadsOfOneSessionMayComeAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<UploadReceipt>> posts =
          java.util.Collections.nCopies(
              16, () -> ingest.upload(project, upload("[" + EVENT + "]")));
      for (Future<UploadReceipt> receipt : threads.invokeAll(posts)) {
        assertThat(receipt.get().sessionId()).isEqualTo(session);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(ingest.session(project, session).eventCount()).isEqualTo(1);
  }

  @Test
  void aReportSaysWhenTheUploadedSessionWas() throws IOException {
    ingest.upload(project, upload("[" + EVENT + "]"));

    ingest.report(project, session, "2026-03-01T09:59:58Z", 4_000, "");

    SessionView stored = ingest.session(project, session);
    assertThat(stored.startedAt()).hasToString("2026-03-01T09:59:58Z");
    assertThat(stored.durationMs()).isEqualTo(4_000);
    assertThat(stored.eventCount()).isEqualTo(1);
  }

  @Test
  void aReportWithoutAnIdIsAboutTheSessionThatItsUploadWasStoredUnder() throws IOException {
    UploadReceipt uploaded =
        ingest.upload(project, "{\"site\":\"shop\",\"events\":[" + EVENT + "]}");

    SessionId reported =
        ingest.report(
            project,
            "{\"session\":{\"site\":\"shop\",\"eventsObjectKey\":\""
                + uploaded.eventsObjectKey()
                + "\"},\"markers\":["
                + FAILURE
                + "]}");

    assertThat(reported).isEqualTo(uploaded.sessionId());
    assertThat(ingest.session(project, reported).markerCount()).isEqualTo(1);
  }

  @Test
  void aRefusedUploadLeavesTheOneBefore() throws IOException {
    ingest.upload(project, upload("[" + EVENT + "]"));

    assertThatThrownBy(() -> ingest.upload(project, upload("[" + EVENT + ",{}]")))
        .isInstanceOf(Failure.class);

    assertThat(ingest.events(project, session)).isEqualTo("[" + EVENT + "]");
  }

  @Test
  void theSameFailureInTwoSessionsBecomesAnIssueWithItsUsers() throws IOException {
    ingest.report(project, SessionId.mint(), "2026-03-01T10:00:00Z", 1_000, FAILURE);
    assertThat(ingest.issues(project)).isEmpty();

    ingest.chunk(project, session, FIRST, chunk("[" + EVENT + "]", FAILURE));

    assertThat(ingest.issues(project))
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.sessionCount()).isEqualTo(2);
              assertThat(issue.userCount()).isEqualTo(2);
            });
  }

  @Test
  void twoVisitsOfOnePersonWhoSignsInLaterAreOneUser() throws IOException {
    ingest.chunk(project, session, FIRST, anonymousChunk(FAILURE));
    ingest.chunk(project, SessionId.mint(), FIRST, chunk("[" + EVENT + "]", FAILURE));
    assertThat(ingest.issues(project)).singleElement().returns(2, IssueView::userCount);

    ingest.chunk(project, session, new ChunkNumber(1), chunk("[" + EVENT + "]", ""));

    assertThat(ingest.issues(project)).singleElement().returns(1, IssueView::userCount);
  }

  @Test
  void aFailureAsksForAReplayAndAnAnalysisOnce() throws IOException {
    ingest.report(project, session, "2026-03-01T10:00:00Z", 1_000, FAILURE);
    ingest.report(project, session, "2026-03-01T10:00:00Z", 2_000, FAILURE);

    assertThat(ingest.jobsOf(project)).containsExactlyInAnyOrder("replay", "analysis");
  }

  @ParameterizedTest
  @CsvSource({"strict,refused [ip]", "balanced,refused 203.0.113.0"})
  void theLevelHoldsForWhatFailedToo(String level, String said) {
    ingest.level(project, level);
    String marker =
        "{\"id\":\"m1\",\"kind\":\"js_error\",\"label\":\"refused 203.0.113.7\",\"evidence\":"
            + "\"refused 203.0.113.7\",\"error\":{\"type\":\"Error\",\"message\":\"refused 203.0.113.7\","
            + "\"stack\":\"Error: refused 203.0.113.7\"}}";

    ingest.report(project, session, "2026-03-01T10:00:00Z", 5_000, marker);

    assertThat(ingest.markers(project)).contains(said).doesNotContain("203.0.113.7");
  }

  @Test
  void aProjectThatSwitchedRecordingOffTakesNothingIn() {
    ingest.switchOff(project);

    assertThatThrownBy(() -> ingest.chunk(project, session, FIRST, chunk("[" + EVENT + "]", "")))
        .isInstanceOf(RecordingUnwanted.class);
  }

  @Test
  void aRecorderThatFollowsOldRulesHearsTheNewOnes() {
    String body = "{\"rulesVersion\":%d,\"events\":[" + EVENT + "]}";

    assertThat(news(ingest.chunk(project, session, FIRST, body.formatted(1)))).isNull();
    assertThat(news(ingest.chunk(project, session, new ChunkNumber(1), chunk("[]", "")))).isNull();
    assertThat(news(ingest.chunk(project, session, new ChunkNumber(2), body.formatted(0))))
        .isEqualTo(RecorderRules.DEFAULT);
  }

  private static RecorderRules news(ChunkReceipt receipt) {
    return ((ChunkReceipt.Accepted) receipt).rules();
  }

  @Test
  void anErasedSessionDoesNotComeBack() {
    ingest.chunk(project, session, FIRST, chunk("[" + EVENT + "]", ""));

    assertThat(ingest.erase(project, session)).isTrue();

    assertThatThrownBy(
            () -> ingest.chunk(project, session, new ChunkNumber(1), chunk("[" + EVENT + "]", "")))
        .isInstanceOf(SessionErased.class);
    assertThatThrownBy(() -> ingest.upload(project, upload("[" + EVENT + "]")))
        .isInstanceOf(SessionErased.class);
    assertThatThrownBy(
            () -> ingest.report(project, session, "2026-03-01T10:00:00Z", 1_000, FAILURE))
        .isInstanceOf(SessionErased.class);
  }

  @Test
  void anErasedSessionLeavesNothingOfALateChunk() {
    ingest.erase(project, session);

    assertThatThrownBy(() -> ingest.chunk(project, session, FIRST, chunk("[" + EVENT + "]", "")))
        .isInstanceOf(SessionErased.class);

    assertThat(ingest.isStored(project, session)).isFalse();
  }

  @Test
  void dataThatPostgresqlCannotHoldIsKeptAsText() throws IOException {
    String payload =
        "{\"sum\":1e999999,\"much\":1E99999,\"a\\u0000b\":-1e400,\"plain\":1.50,"
            + "\"ann@example.org\":3}";
    ingest.chunk(
        project,
        session,
        FIRST,
        chunk(
            "[{\"type\":5,\"timestamp\":1772359200000,\"data\":{\"tag\":\"paid\",\"payload\":"
                + payload
                + "}}]",
            ""));

    assertThat(ingest.timelineData(project, session))
        .singleElement()
        .asString()
        .contains("\"sum\":\"1e999999\"", "\"much\":\"1E99999\"", "\"plain\":1.5")
        .doesNotContain("ann@example.org");
    assertThat(ingest.events(project, session)).doesNotContain("ann@example.org");
  }

  private static String chunk(String events, String markers) {
    return "{\"session\":{\"site\":\"shop\",\"url\":\"https://shop.example/checkout\","
        + "\"startedAt\":\"2026-03-01T10:00:00Z\",\"userId\":\"alice\"},\"windowId\":\"w1\","
        + "\"reason\":\"interval\",\"events\":"
        + events
        + ",\"markers\":["
        + markers
        + "]}";
  }

  private static String anonymousChunk(String markers) {
    return chunk("[" + EVENT + "]", markers)
        .replace("\"userId\":\"alice\"", "\"anonymousId\":\"a1\"");
  }

  private String upload(String events) {
    return "{\"sessionId\":\"" + session + "\",\"site\":\"shop\",\"events\":" + events + "}";
  }
}
