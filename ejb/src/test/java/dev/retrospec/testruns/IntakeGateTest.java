package dev.retrospec.testruns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.FailureCode;
import dev.retrospec.testruns.IntakeGate.Limits;
import dev.retrospec.testruns.IntakeGate.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeGateTest {

  private static final ProjectId ONE = ProjectId.mint();
  private static final ProjectId TWO = ProjectId.mint();
  private static final ProjectId THREE = ProjectId.mint();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ProjectId> order = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void oneOfAProjectAndAFewOfAllAreTakenInAtATime() {
    IntakeGate gate = gate(2, 10, 10, Duration.ofMillis(20));

    gate.enter(ONE);
    assertThatThrownBy(() -> gate.enter(ONE)).isInstanceOf(IntakeBusy.class);
    Turn two = gate.enter(TWO);
    assertThatThrownBy(() -> gate.enter(THREE)).isInstanceOf(IntakeBusy.class);

    two.end();
    gate.enter(THREE);
  }

  @Test
  void projectsTakeTurns() throws Exception {
    IntakeGate gate = gate(1, 10, 10, Duration.ofSeconds(20));
    Turn first = gate.enter(ONE);
    List<Future<?>> all =
        List.of(line(gate, ONE, 1), line(gate, ONE, 2), line(gate, TWO, 3), line(gate, THREE, 4));

    first.end();

    for (Future<?> one : all) {
      one.get();
    }
    assertThat(order).containsExactly(ONE, TWO, THREE, ONE);
  }

  @Test
  void whoFindsTooManyWaitingIsSentAwayAtOnce() {
    IntakeGate gate = gate(1, 3, 2, Duration.ofSeconds(20));
    Turn first = gate.enter(ONE);
    line(gate, ONE, 1);
    line(gate, ONE, 2);

    assertThatThrownBy(() -> gate.enter(ONE))
        .isInstanceOfSatisfying(
            IntakeBusy.class, busy -> assertThat(busy.code()).isEqualTo(FailureCode.UNAVAILABLE));
    line(gate, TWO, 3);
    assertThatThrownBy(() -> gate.enter(THREE)).isInstanceOf(IntakeBusy.class);

    first.end();
    await().untilAsserted(() -> assertThat(order).hasSize(3));
    assertThat(gate.waiting()).isZero();
  }

  @Test
  void whoIsTiredOfWaitingLeavesNoTrace() {
    IntakeGate gate = gate(1, 10, 10, Duration.ofMillis(20));
    Turn first = gate.enter(ONE);
    assertThatThrownBy(() -> gate.enter(TWO)).isInstanceOf(IntakeBusy.class);

    first.end();

    gate.enter(TWO).end();
    gate.enter(ONE).end();
    assertThat(gate.waiting()).isZero();
  }

  /** Returns when as many wait. */
  private Future<?> line(IntakeGate gate, ProjectId project, int waiting) {
    Future<?> future =
        threads.submit(
            () -> {
              Turn turn = gate.enter(project);
              order.add(project);
              turn.end();
            });
    await().until(() -> gate.waiting() == waiting);
    return future;
  }

  private static IntakeGate gate(int atOnce, int waiting, int ofProject, Duration patience) {
    return new IntakeGate(new Limits(atOnce, waiting, ofProject, patience));
  }
}
