package dev.retrospec.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessesTest {

  @Test
  void readsTimesBehindANameWithBlanksAndParentheses() {
    Processes.Stat stat =
        Processes.Stat.of(
            "17 (a (b) c) S 4 17 17 0 -1 4194560 100 0 0 0 150 50 30 20 20 0 1 0 9 0 0");

    assertThat(stat.parent()).isEqualTo(4);
    assertThat(stat.own()).isEqualTo(2.0);
    assertThat(stat.reaped()).isEqualTo(0.5);
  }

  @Test
  void othersAreWhatNoneOfOursUsed() {
    Usage used = new Usage(1, Double.NaN, 0.5, 0.5, 3, 10);

    assertThat(used.othersShare()).isEqualTo(0.1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void seesThisProcess() {
    Processes processes =
        new Processes(ProcessHandle.current().pid(), OptionalLong.empty(), OptionalLong.empty());

    assertThat(processes.residentBytes()).isBetween(1_000_000L, processes.peakResidentBytes());
    assertThat(processes.usage().server()).isPositive();
  }
}
