package dev.retrospec.inspection;

import java.util.List;

/** How often something happened on each day of a stretch of days, oldest first. */
public record DailyCounts(List<Integer> days) {

  public DailyCounts {
    days = List.copyOf(days);
  }

  public int total() {
    return days.stream().mapToInt(Integer::intValue).sum();
  }
}
