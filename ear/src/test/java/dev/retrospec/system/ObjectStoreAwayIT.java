package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The object store is stopped: recordings come in and play on, and nothing is forgotten. */
@ExtendWith(RunningRetroSpec.class)
class ObjectStoreAwayIT {

  private static final int CHUNKS = 5;

  /** The packer looks every ten seconds; the store needs some to start. */
  private static final Duration PACKER = Duration.ofSeconds(60);

  /** Three attempts with pauses of 2 and 4 s between, each with the store's own timeouts. */
  private static final Duration ATTEMPTS = Duration.ofSeconds(90);

  private RetroSpec retroSpec;
  private Customer customer;
  private Database database;

  @BeforeEach
  void anEmptyProject(RetroSpec running) throws Exception {
    assumeTrue(running.isOurs(), "Somebody else's object store is not stopped");
    retroSpec = running;
    customer = Customer.of(running);
    database = new Database(running);
    running.kill("s3");
  }

  @AfterEach
  void theStoreIsBack() throws Exception {
    if (retroSpec != null) {
      retroSpec.up();
      database.close();
    }
  }

  @Test
  void goesOnTakingAndPlayingRecordingsAndPacksThemLater() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    for (int seq = 0; seq < CHUNKS; seq++) {
      customer.api().postGzipped(visit.chunkPath(seq), visit.chunk(seq, "ada")).expect(202);
    }
    assertThatItPlays(visit);
    awaitFailedPacking();
    assertThat(waitingChunks()).isEqualTo(CHUNKS);
    assertThatItPlays(visit);

    retroSpec.up();

    await().atMost(PACKER).until(() -> waitingChunks() == 0);
    assertThatItPlays(visit);
  }

  @Test
  void saysThatAnArchivedRecordingCannotBeReadNow() {
    retroSpec.up();
    RecordedVisit visit = RecordedVisit.of(customer.site());
    customer.api().postGzipped(visit.chunkPath(0), visit.chunk(0, "ada")).expect(202);
    await().atMost(PACKER).until(() -> waitingChunks() == 0);

    retroSpec.kill("s3");

    assertThat(customer.api().get(visit.path() + "/chunks/0").expect(503).header("Retry-After"))
        .isNotBlank();
    customer.api().get(visit.path() + "/events").expect(503);
    // What does not need the archive is there all the same.
    assertThat(customer.api().read(visit.path() + "/manifest").path("chunks")).hasSize(1);
  }

  @Test
  void givesAJobUpAfterItsAttemptsAndDoesItWhenAskedAgain() {
    RecordedVisit visit = RecordedVisit.of(customer.site());
    Api administrator = Api.ofAdministrator(retroSpec);
    customer.api().post("/v1/artifacts/session-events", visit.upload()).expect(201);
    customer.api().post("/v1/ingest/session", visit.report("", "ada")).expect(202);

    List<Pause> pauses = pausesUntilGivenUp();

    assertThat(pauses).extracting(Pause::attempt).containsExactly(1, 2);
    assertThat(pauses.get(0).millis()).isBetween(1_600L, 2_400L);
    assertThat(pauses.get(1).millis()).isBetween(3_200L, 4_800L);
    JsonNode health = administrator.read("/v1/admin/queue-health");
    assertThat(health.at("/replay/failedDepth").asInt()).isPositive();
    assertThat(health.path("status").asText()).isNotEqualTo("healthy");
    assertThat(deadSessions(administrator)).contains(visit.sessionId());
    // What does not need the store is done all the same.
    JsonNode session = customer.api().read(visit.path()).path("session");
    assertThat(session.at("/reportCard/status").asText()).isEqualTo("ready");

    retroSpec.up();
    JsonNode redrive =
        administrator
            .post(
                "/v1/admin/queue-redrive",
                Api.JSON.createObjectNode().put("queue", "replay").put("limit", 100))
            .expect(200)
            .json();
    assertThat(redrive.at("/result/redriven").asInt()).isPositive();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        customer
                            .api()
                            .read(visit.path())
                            .at("/session/artifacts/0/status")
                            .asText())
                    .isEqualTo("ready"));
    assertThat(deadSessions(administrator)).doesNotContain(visit.sessionId());
  }

  private void assertThatItPlays(RecordedVisit visit) {
    assertThat(customer.api().read(visit.path() + "/manifest").path("chunks")).hasSize(CHUNKS);
    for (int seq = 0; seq < CHUNKS; seq++) {
      assertThat(customer.api().read(visit.path() + "/chunks/" + seq))
          .isEqualTo(visit.chunk(seq, "ada").path("events"));
    }
  }

  /** At least one run of the packer, in vain. */
  private void awaitFailedPacking() {
    await()
        .atMost(PACKER)
        .until(
            () ->
                Api.ofAdministrator(retroSpec)
                    .get("/metrics")
                    .expect(200)
                    .text()
                    .lines()
                    .anyMatch(
                        line ->
                            line.startsWith("retrospec_blocks_failed_total")
                                && !line.endsWith(" 0.0")));
  }

  private long waitingChunks() {
    return database.count(
        "select count(*) from recording_chunk where project_id = ? and block_id is null",
        customer.projectId());
  }

  /** Between two attempts of the replay job. */
  private record Pause(int attempt, Instant from, Instant until) {

    long millis() {
      return Duration.between(from, until).toMillis();
    }
  }

  private List<Pause> pausesUntilGivenUp() {
    Set<Pause> seen = new HashSet<>();
    await()
        .atMost(ATTEMPTS)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              String[] job =
                  database
                      .rows(
                          "select status, attempts, replace(updated_at::text, ' ', 'T'),"
                              + " replace(next_attempt_at::text, ' ', 'T')"
                              + " from job where project_id = ? and kind = 'replay'",
                          customer.projectId())
                      .get(0)
                      .split(" ");
              if (job[0].equals("retrying")) {
                seen.add(new Pause(Integer.parseInt(job[1]), instant(job[2]), instant(job[3])));
              }
              return job[0].equals("dead");
            });
    return seen.stream().sorted(java.util.Comparator.comparing(Pause::attempt)).toList();
  }

  private static Instant instant(String postgresql) {
    return java.time.OffsetDateTime.parse(postgresql + ":00").toInstant();
  }

  private static List<String> deadSessions(Api administrator) {
    JsonNode letters = administrator.read("/v1/admin/queue-dead-letters?queue=replay&limit=200");
    return StreamSupport.stream(letters.at("/result/items").spliterator(), false)
        .map(letter -> letter.path("subject").asText())
        .toList();
  }
}
