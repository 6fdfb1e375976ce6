package dev.retrospec.web.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.issues.RegroupRun;
import dev.retrospec.issues.RegroupRun.State;
import dev.retrospec.web.faces.Wording;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegroupWordingTest {

  private final RegroupWording wording = new RegroupWording(new Wording(Clock.systemUTC()));

  @Test
  void aRunSaysHowFarItIs() {
    assertThat(wording.says(run(true, State.WAITING, 0, 0, null))).isEqualTo("Waits for a worker");
    assertThat(wording.says(run(true, State.READING, 1, 0, null)))
        .isEqualTo("Reads all occurrences: 1 occurrence so far");
    assertThat(wording.says(run(false, State.MOVING, 12_000, 500, null)))
        .isEqualTo("Moves: 500 of 12,000 occurrences so far");
  }

  @Test
  void aRunSaysWhatItHasComeTo() {
    assertThat(wording.says(run(true, State.DONE, 12_000, 0, null)))
        .isEqualTo("Looked at 12,000 occurrences");
    assertThat(wording.says(run(false, State.DONE, 12_000, 7, null)))
        .isEqualTo("Moved 7 of 12,000 occurrences");
    assertThat(wording.says(run(false, State.FAILED, 12_000, 7, "the database was away")))
        .isEqualTo("Ended early: the database was away");
  }

  private static RegroupRun run(
      boolean dry, State state, long read, long moved, @Nullable String failure) {
    return new RegroupRun(
        "r", dry, state, read, moved, null, failure, "ada", Instant.EPOCH, Instant.EPOCH);
  }
}
