package dev.retrospec.recordings.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.SpoolConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackingPolicyTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final PackingPolicy policy =
      new PackingPolicy(
          new SpoolConfig(10_000, 1_000, Duration.ofSeconds(60), Duration.ofMinutes(10)));

  private static SpooledSession session(String id, long bytes, int oldestS, int newestS) {
    return new SpooledSession(
        new ProjectId("p"),
        new SessionId(id),
        bytes,
        NOW.minusSeconds(oldestS),
        NOW.minusSeconds(newestS));
  }

  private List<String> next(SpooledSession... spooled) {
    return policy.nextBlock(List.of(spooled), NOW).stream()
        .map(session -> session.sessionId().value())
        .toList();
  }

  @Test
  void nothingWaitsSoNothingIsPacked() {
    assertThat(next()).isEmpty();
  }

  @Test
  void waitsWhileThereIsTooLittleForABlock() {
    assertThat(next(session("a", 100, 300, 120), session("b", 300, 200, 90))).isEmpty();
  }

  @Test
  void packsQuietSessionsOnceTheyAreWorthABlock() {
    assertThat(next(session("a", 100, 200, 120), session("b", 400, 300, 60)))
        .containsExactly("b", "a");
  }

  @Test
  void leavesASessionThatIsStillSendingInTheSpool() {
    assertThat(next(session("active", 900, 200, 5), session("quiet", 500, 300, 61)))
        .containsExactly("quiet");
  }

  @Test
  void aSessionThatFillsABlockAloneNeedNotBeQuiet() {
    assertThat(next(session("busy", 1_000, 100, 1))).containsExactly("busy");
  }

  @Test
  void nothingWaitsLongerThanItMay() {
    assertThat(next(session("old", 1, 600, 2))).containsExactly("old");
  }

  @Test
  void whatIsOverdueTakesEverythingQuietAlong() {
    assertThat(
            next(
                session("quiet", 10, 300, 100),
                session("old", 1, 700, 700),
                session("active", 10, 300, 10)))
        .containsExactly("old", "quiet");
  }

  @Test
  void aBlockTakesTheLongestWaitingUntilItIsFull() {
    assertThat(
            next(
                session("c", 500, 300, 100),
                session("a", 600, 500, 100),
                session("b", 500, 400, 100)))
        .containsExactly("a", "b");
  }
}
