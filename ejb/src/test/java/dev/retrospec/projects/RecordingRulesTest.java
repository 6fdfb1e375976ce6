package dev.retrospec.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingRulesTest {

  private final TestDatabase database = TestDatabase.get();
  private final RecordingRules rules = rules(RecordingConfig.DEFAULT);
  private final ProjectId project =
      new Projects(database.jdbi(), Clock.systemUTC()).add("Shop", "shop.example").id();

  @Test
  void recordEverythingAtFirst() {
    assertThat(rules.inForce(project))
        .isEqualTo(
            new RecorderRules(
                1,
                true,
                1,
                RecordingPolicy.CONTINUOUS,
                PrivacyLevel.BALANCED,
                List.of(),
                List.of()));
    assertThat(rules.wantsRecordings(project)).isTrue();
  }

  @Test
  void growTheirVersionWithEachChange() {
    RecorderRules changed = rules.change(project, disabled(1));

    assertThat(changed).isEqualTo(disabled(2));
    assertThat(rules.of(project)).isEqualTo(changed);
  }

  @Test
  void stopRecordingsWithinSeconds() {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    AdjustableClock clock = new AdjustableClock(now);
    RecordingRules watched = new RecordingRules(database.jdbi(), clock, RecordingConfig.DEFAULT);
    assertThat(watched.wantsRecordings(project)).isTrue();

    watched.change(project, disabled(1));
    clock.now = now.plus(RecordingRules.SWITCH_GRAIN);

    assertThat(watched.wantsRecordings(project)).isFalse();
  }

  @Test
  void refuseAChangeThatHasNotSeenTheLastOne() {
    rules.change(project, disabled(1));

    assertThatThrownBy(() -> rules.change(project, disabled(1)))
        .isInstanceOf(ChangedMeanwhile.class);
  }

  @Test
  void giveTheOperatorTheLastWord() {
    rules.change(
        project,
        new RecorderRules(
            1,
            true,
            0.5,
            RecordingPolicy.RING,
            PrivacyLevel.STRICT,
            List.of(".salary"),
            List.of("/admin/*")));
    RecordingRules operated = rules(new RecordingConfig(false, List.of(".iban", ".salary")));

    assertThat(operated.inForce(project).enabled()).isFalse();
    assertThat(operated.inForce(project).privateSelectors()).containsExactly(".salary", ".iban");
    assertThat(operated.wantsRecordings(project)).isFalse();
  }

  @Test
  void areUnknownForAProjectThatIsNotThere() {
    assertThatThrownBy(() -> rules.inForce(ProjectId.mint())).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> rules.change(ProjectId.mint(), disabled(1)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void refuseAShareBeyondAll() {
    assertThatThrownBy(
            () ->
                new RecorderRules(
                    1,
                    true,
                    Double.NaN,
                    RecordingPolicy.RING,
                    PrivacyLevel.STRICT,
                    List.of(),
                    List.of()))
        .isInstanceOf(InvalidRequest.class);
  }

  private static RecorderRules disabled(int version) {
    return new RecorderRules(
        version,
        false,
        0.25,
        RecordingPolicy.BUFFER,
        PrivacyLevel.MINIMAL,
        List.of("[data-x]"),
        List.of("/a/*", "/b"));
  }

  private RecordingRules rules(RecordingConfig config) {
    return new RecordingRules(database.jdbi(), Clock.systemUTC(), config);
  }

  private static final class AdjustableClock extends Clock {

    private Instant now;

    AdjustableClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
