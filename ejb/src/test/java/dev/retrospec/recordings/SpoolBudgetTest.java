package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.FailureCode;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpoolBudgetTest {

  private final TestDatabase database = TestDatabase.get();
  private final RecordingFixture recordings = new RecordingFixture();
  private final SettableClock clock = new SettableClock(RecordingFixture.START);

  @BeforeEach
  void emptySpool() {
    recordings.emptySpool();
  }

  private SpoolBudget budget(long maxBytes) {
    return new SpoolBudget(
        new RecordingChunks(database.jdbi(), RecordingFixture.keys()),
        clock,
        new SpoolConfig(maxBytes, 1, Duration.ofSeconds(60), Duration.ofMinutes(10)));
  }

  private void spool(int seq) {
    recordings.spool(
        database.newProject(),
        SessionId.mint(),
        seq,
        clock.instant(),
        RecordingFixture.events(1, 2, 3));
  }

  @Test
  void refusesWhenMoreWaitsThanMay() {
    SpoolBudget budget = budget(1);
    assertThatCode(budget::check).doesNotThrowAnyException();

    spool(0);
    clock.pass(SpoolBudget.REFRESH);

    assertThatThrownBy(budget::check)
        .isInstanceOfSatisfying(
            SpoolFull.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE));
  }

  @Test
  void asksTheDatabaseOnceInAFewSeconds() {
    SpoolBudget budget = budget(1_000_000);
    assertThat(budget.spooledBytes()).isZero();

    spool(0);
    assertThat(budget.spooledBytes()).isZero();

    clock.pass(SpoolBudget.REFRESH);
    assertThat(budget.spooledBytes()).isPositive();
  }

  @Test
  void takesAgainWhenThereIsRoom() {
    SpoolBudget budget = budget(1);
    spool(0);
    assertThatThrownBy(budget::check).isInstanceOf(SpoolFull.class);

    recordings.emptySpool();
    clock.pass(SpoolBudget.REFRESH);

    assertThatCode(budget::check).doesNotThrowAnyException();
  }

  @Test
  void theSettingsHaveDefaultsAndLimits() {
    assertThat(config(Map.of())).isEqualTo(SpoolConfig.DEFAULT);
    assertThat(config(Map.of("SPOOL_MAX_BYTES", "17179869184")).maxBytes()).isEqualTo(16L << 30);
    assertThatThrownBy(() -> config(Map.of("RECORDING_BLOCK_BYTES", "1000")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("RECORDING_BLOCK_BYTES");
  }

  private static SpoolConfig config(Map<String, String> settings) {
    return SpoolConfig.from(Settings.of(name -> Optional.ofNullable(settings.get(name))));
  }
}
