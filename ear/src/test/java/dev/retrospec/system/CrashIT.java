package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server is killed while many visitors deliver; each goes on when it is back. */
@ExtendWith(RunningRetroSpec.class)
class CrashIT {

  private static final int VISITORS = 8;

  /** Delivered together before the kill: some chunks are then under way. */
  private static final int BEFORE_THE_KILL = 60;

  /** And each visitor after it. */
  private static final int AFTER_THE_KILL = 3;

  /** Jobs of all of them, on a machine that has just started the server. */
  private static final Duration WORKERS = Duration.ofSeconds(120);

  @Test
  void losesNothingAcknowledgedAndCountsNothingTwice(RetroSpec retroSpec) throws Exception {
    assumeTrue(retroSpec.isOurs(), "Somebody else's server is not killed");
    Customer customer = Customer.of(retroSpec);
    List<Delivery> deliveries =
        IntStream.range(0, VISITORS)
            .mapToObj(
                i -> new Delivery(customer, RecordedVisit.of(customer.site()), "visitor-" + i))
            .toList();

    CountDownLatch enough = new CountDownLatch(BEFORE_THE_KILL);
    ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
    try {
      List<Future<?>> under =
          deliveries.stream()
              .<Future<?>>map(delivery -> visitors.submit(() -> delivery.untilItBreaks(enough)))
              .toList();
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      retroSpec.kill("server");
      for (Future<?> each : under) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      visitors.shutdownNow();
    }
    retroSpec.up();

    // At most the one chunk whose answer was lost is there beside the acknowledged ones.
    for (Delivery delivery : deliveries) {
      assertThat(delivery.stored())
          .startsWith(delivery.acknowledged())
          .hasSizeBetween(delivery.next, delivery.next + 1);
    }
    deliveries.forEach(Delivery::afterTheRestart);
    for (Delivery delivery : deliveries) {
      assertThat(delivery.stored()).containsExactly(delivery.acknowledged());
    }
    assertThatCountsAreTrue(customer, deliveries);
    assertThatAllJobsEnd(retroSpec, customer, deliveries);
  }

  private static void assertThatCountsAreTrue(Customer customer, List<Delivery> deliveries) {
    int markers = deliveries.stream().mapToInt(Delivery::markers).sum();
    JsonNode issues = customer.api().read("/v1/issues").path("issues");
    assertThat(issues).hasSize(1);
    assertThat(issues.at("/0/sessionCount").asInt()).isEqualTo(VISITORS);
    assertThat(issues.at("/0/userCount").asInt()).isEqualTo(VISITORS);
    JsonNode stats = customer.api().read("/v1/issues/stats?hours=1").path("stats");
    assertThat(stats.at("/0/markerCount").asInt()).isEqualTo(markers);
    assertThat(stats.at("/0/sessionCount").asInt()).isEqualTo(VISITORS);
    JsonNode sessions =
        customer.api().read("/v1/issues/" + issues.at("/0/key").asText() + "/sessions");
    for (JsonNode session : sessions.path("sessions")) {
      Delivery of =
          deliveries.stream()
              .filter(each -> each.visit.sessionId().equals(session.path("sessionId").asText()))
              .findFirst()
              .orElseThrow();
      assertThat(session.path("markerCount").asInt()).isEqualTo(of.markers());
    }
  }

  private static void assertThatAllJobsEnd(
      RetroSpec retroSpec, Customer customer, List<Delivery> deliveries) throws Exception {
    try (Database database = new Database(retroSpec)) {
      await()
          .atMost(WORKERS)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(
              () ->
                  assertThat(
                          database.rows(
                              "select distinct status from job where project_id = ?",
                              customer.projectId()))
                      .containsExactly("done"));
    }
    for (Delivery delivery : deliveries) {
      JsonNode session = customer.api().read(delivery.visit.path()).path("session");
      assertThat(session.at("/reportCard/status").asText()).isEqualTo("ready");
      assertThat(session.path("artifacts")).hasSize(1);
    }
  }

  /** One visitor's recorder. */
  private static final class Delivery {

    private final Customer customer;
    private final RecordedVisit visit;
    private final String user;

    /** All chunks before this one have been acknowledged. */
    private int next;

    Delivery(Customer customer, RecordedVisit visit, String user) {
      this.customer = customer;
      this.visit = visit;
      this.user = user;
    }

    /** One chunk after the other until there is no answer any more. */
    void untilItBreaks(CountDownLatch acknowledged) {
      try {
        while (true) {
          send();
          acknowledged.countDown();
        }
      } catch (UncheckedIOException killed) {
        // What the test is about: the recorder keeps the chunk that was not answered.
      }
    }

    void afterTheRestart() {
      IntStream.range(0, AFTER_THE_KILL).forEach(i -> send());
    }

    private void send() {
      Http.Answer answer =
          customer
              .api()
              .postGzipped(
                  visit.chunkPath(next),
                  fails(next) ? visit.failingChunk(next, user) : visit.chunk(next, user));
      assertThat(answer.status()).as(answer.text()).isIn(200, 202);
      next++;
    }

    private static boolean fails(int seq) {
      return seq % 8 == 0;
    }

    int markers() {
      return (int) IntStream.range(0, next).filter(Delivery::fails).count();
    }

    int[] acknowledged() {
      return IntStream.range(0, next).toArray();
    }

    int[] stored() {
      JsonNode chunks = customer.api().read(visit.path() + "/manifest").path("chunks");
      return IntStream.range(0, chunks.size())
          .map(index -> chunks.get(index).path("seq").asInt())
          .toArray();
    }
  }
}
