package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.issues.RegroupRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegroupsViewTest {

  @Test
  void onlyWhoHasLookedMovesAndNotWhileARunIsUnderWay() {
    assertThat(view(null).isUnderWay()).isFalse();
    assertThat(view(null).isLookedAt()).isFalse();
    assertThat(view(run(true, RegroupRun.State.READING)).isUnderWay()).isTrue();
    assertThat(view(run(true, RegroupRun.State.READING)).isLookedAt()).isFalse();
    assertThat(view(run(true, RegroupRun.State.DONE)).isLookedAt()).isTrue();
    assertThat(view(run(true, RegroupRun.State.FAILED)).isLookedAt()).isFalse();
    assertThat(view(run(false, RegroupRun.State.DONE)).isLookedAt()).isFalse();
    assertThat(view(run(false, RegroupRun.State.DONE)).isUnderWay()).isFalse();
  }

  @Test
  void whatAFailedMoveLeftIsOfferedToBeFinished() {
    RegroupRun look = run(true, RegroupRun.State.DONE);
    RegroupRun failed = run(false, RegroupRun.State.FAILED);
    RegroupRun done = run(false, RegroupRun.State.DONE);

    assertThat(new RegroupsView(look, List.of(look, failed), Map.of()).isUnfinished()).isTrue();
    assertThat(new RegroupsView(look, List.of(done, failed), Map.of()).isUnfinished()).isFalse();
    assertThat(new RegroupsView(look, List.of(look), Map.of()).isUnfinished()).isFalse();
  }

  private static RegroupsView view(@Nullable RegroupRun latest) {
    return new RegroupsView(latest, List.of(), Map.of());
  }

  private static RegroupRun run(boolean dry, RegroupRun.State state) {
    return new RegroupRun("r", dry, state, 0, 0, null, null, null, Instant.EPOCH, Instant.EPOCH);
  }
}
