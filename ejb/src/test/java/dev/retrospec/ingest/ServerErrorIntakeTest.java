package dev.retrospec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.servererrors.ServerError;
import dev.retrospec.servererrors.ServerErrorData;
import dev.retrospec.servererrors.ServerErrors;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerErrorIntakeTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:10Z");
  private static final String ID = "abcdefghijklmnopabcdefghijklmnop";
  private static final String STACK =
      "java.lang.IllegalStateException: no stock\n\tat dev.shop.Stock.of(Stock.java:7)";

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(NOW);
  private final ServerErrors errors = new ServerErrors(database.jdbi());
  private final ServerErrorData data = new ServerErrorData(errors, clock);
  private final IngestFixture recordings = new IngestFixture();
  private final ServerErrorIntake intake =
      new ServerErrorIntake(recordings.admission, errors, new Scrubber(), clock);
  private final ProjectId project = recordings.newProject();
  private final SessionId session = SessionId.mint();

  @Test
  void joinsTheSessionWhoseRequestWasAnsweredWithTheSameId() {
    record(session, request(ID), "");

    tell(error(ID, STACK));

    assertThat(errors.of(project, session))
        .containsExactly(
            new ServerError(
                ID,
                NOW.minusSeconds(2),
                "POST",
                "/order",
                "java.lang.IllegalStateException",
                "no stock",
                STACK));
    assertThat(errors.of(recordings.newProject(), session)).isEmpty();
  }

  @Test
  void aStrictProjectLosesMoreOfWhatItsServersSay() {
    String stack = STACK.replace("no stock", "no stock for 203.0.113.7");
    recordings.level(project, "strict");
    record(session, request(ID), "");

    tell(error(ID, stack));

    assertThat(errors.of(project, session).get(0).stack()).contains("no stock for [ip]");
  }

  @Test
  void mayComeBeforeTheRecording() {
    tell(error(ID, STACK));

    record(session, request(ID), "");

    assertThat(errors.of(project, session)).hasSize(1);
  }

  @Test
  void joinsByTheRequestOfAMarkerToo() {
    record(
        session,
        "",
        """
        {"id":"m1","kind":"api_error","label":"POST /order","replayOffsetMs":0,
         "request":{"method":"POST","url":"/order","status":200,"correlationId":"%s"}}"""
            .formatted(ID));

    tell(error(ID, STACK));

    assertThat(errors.of(project, session)).hasSize(1);
  }

  @Test
  void theFirstWordOfAnAnswerStands() {
    record(session, request(ID), "");

    assertThat(tell(error(ID, STACK))).isEqualTo(1);
    assertThat(tell(error(ID, "forged by somebody who read the id"))).isZero();

    assertThat(errors.of(project, session)).extracting(ServerError::stack).containsExactly(STACK);
  }

  @Test
  void isScrubbedBeforeItIsStored() {
    record(session, request(ID), "");

    tell(error(ID, "IllegalStateException: no account for jane.doe@example.com"));

    assertThat(errors.of(project, session).get(0).stack())
        .isEqualTo("IllegalStateException: no account for [email]");
  }

  @Test
  void aServersClockThatIsFarOffIsNotBelieved() {
    record(session, request(ID), "");

    tell(new ServerErrorFields(ID, "1999-01-01T00:00:00Z", null, null, "E", null, STACK));

    assertThat(errors.of(project, session)).extracting(ServerError::at).containsExactly(NOW);
  }

  @Test
  void refusesWhatIsNoErrorAndStoresNothingOfTheRequest() {
    record(session, request(ID), "");

    assertThatThrownBy(() -> tell(error(ID, STACK), error("short", STACK)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("errors[1].correlationId");
    assertThatThrownBy(() -> tell(error(ID, null))).hasMessageContaining("a type and a stack");
    assertThatThrownBy(() -> intake.accept(project, Collections.nCopies(101, null)))
        .hasMessageContaining("at most 100");
    assertThatThrownBy(() -> intake.accept(project, null)).isInstanceOf(InvalidRequest.class);

    assertThat(errors.of(project, session)).isEmpty();
  }

  @Test
  void goesWithItsSessionAndElseByAge() {
    String unmet = ID.replace('a', 'p');
    record(session, request(ID), "");
    tell(error(ID, STACK), error(unmet, STACK));

    data.deleteRows(project, Set.of(session));
    assertThat(errors.of(project, session)).isEmpty();

    SessionId later = SessionId.mint();
    record(later, request(unmet), "");
    assertThat(errors.of(project, later)).hasSize(1);
    data.sweep(NOW.plus(Duration.ofMillis(1)));
    assertThat(errors.of(project, later)).isEmpty();
  }

  @Test
  void staysWithAnotherSessionThatNamesItsAnswer() {
    SessionId imported = SessionId.mint();
    record(session, request(ID), "");
    record(imported, request(ID), "");
    tell(error(ID, STACK));

    data.deleteRows(project, Set.of(imported));
    assertThat(errors.of(project, session)).hasSize(1);
    data.deleteRows(project, Set.of(session, imported));
    assertThat(errors.of(project, session)).isEmpty();
  }

  @Test
  void whatNoSessionNamesGoesAfterADay() {
    String unmet = ID.replace('a', 'p');
    record(session, request(ID), "");
    tell(error(ID, STACK), error(unmet, STACK));
    Instant retention = NOW.minus(Duration.ofDays(7));

    data.sweep(retention);
    assertThat(stored()).isEqualTo(2);
    clock.pass(Duration.ofDays(1).plusMillis(1));
    data.sweep(retention);

    assertThat(stored()).isEqualTo(1);
    assertThat(errors.of(project, session)).hasSize(1);
  }

  @Test
  void nothingIsStoredWhereRecordingIsSwitchedOff() {
    recordings.switchOff(project);

    assertThatThrownBy(() -> tell(error(ID, STACK))).isInstanceOf(RecordingUnwanted.class);
    assertThat(stored()).isZero();
  }

  @Test
  void aDayHasRoomForSoManyOfAProject() {
    tell(error(ID, STACK));
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update server_error_day set bytes = bytes + ? where project_id = ?",
                    ServerErrors.MAX_BYTES_A_DAY - bytesOfToday(),
                    project));

    assertThatThrownBy(() -> tell(error(ID.replace('a', 'q'), STACK)))
        .isInstanceOf(TooManyServerErrors.class);
    assertThat(stored()).isEqualTo(1);
    clock.pass(Duration.ofDays(1));
    assertThat(tell(error(ID.replace('a', 'q'), STACK))).isEqualTo(1);
  }

  @Test
  void aDayCountsWhatIsStored() {
    tell(error(ID, STACK));
    long one = bytesOfToday();
    assertThat(one).isGreaterThan(STACK.length() + "no stock".length() + "/order".length());

    tell(error(ID, STACK));
    assertThat(bytesOfToday()).as("told again").isEqualTo(one);

    tell(error(ID.replace('a', 'q'), STACK + "\u00fc".repeat(1_000)));
    assertThat(bytesOfToday()).as("in UTF-8").isEqualTo(2 * one + 2_000);
  }

  private long bytesOfToday() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select bytes from server_error_day where project_id = ?")
                    .bind(0, project)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void joinsByAMarkersIdOfAnyAllowedLength() {
    String longest = ID.repeat(4);
    record(
        session,
        "",
        """
        {"id":"m1","kind":"api_error","label":"POST /order","replayOffsetMs":0,
         "request":{"method":"POST","url":"/order","status":200,"correlationId":"%s"}}"""
            .formatted(longest));

    tell(error(longest, STACK));

    assertThat(errors.of(project, session)).hasSize(1);
  }

  private int stored() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from server_error where project_id = ?")
                    .bind(0, project)
                    .mapTo(Integer.class)
                    .one());
  }

  private int tell(ServerErrorFields... told) {
    return database.inTransaction(() -> intake.accept(project, List.of(told)));
  }

  private static ServerErrorFields error(String id, String stack) {
    return new ServerErrorFields(
        id,
        "2026-03-01T10:00:08Z",
        "POST",
        "/order",
        "java.lang.IllegalStateException",
        "no stock",
        stack);
  }

  private void record(SessionId id, String event, String marker) {
    recordings.chunk(
        project,
        id,
        new ChunkNumber(0),
        """
        {"session":{"site":"shop","startedAt":"2026-03-01T10:00:00Z"},"windowId":"w",
         "events":[%s],"markers":[%s],"counters":{}}"""
            .formatted(event, marker));
  }

  private static String request(String correlationId) {
    return """
        {"type":5,"timestamp":1772359207000,"data":{"tag":"rs.network","payload":
         {"method":"POST","url":"/order","status":200,"durationMs":12,"type":"xhr",
          "correlationId":"%s"}}}"""
        .formatted(correlationId);
  }
}
