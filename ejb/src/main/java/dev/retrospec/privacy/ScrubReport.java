package dev.retrospec.privacy;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often each rule fired: counts only, never what was found.
 *
 * @param counts rules that fired at least once; unmodifiable
 */
public record ScrubReport(Map<ScrubRule, Long> counts) {

  /** Nothing was found. */
  public static final ScrubReport CLEAN = new ScrubReport(Map.of());

  public ScrubReport {
    counts = Map.copyOf(counts);
  }

  static ScrubReport of(long[] byOrdinal) {
    Map<ScrubRule, Long> counts = new EnumMap<>(ScrubRule.class);
    for (ScrubRule rule : ScrubRule.values()) {
      if (byOrdinal[rule.ordinal()] > 0) {
        counts.put(rule, byOrdinal[rule.ordinal()]);
      }
    }
    return counts.isEmpty() ? CLEAN : new ScrubReport(counts);
  }

  public long count(ScrubRule rule) {
    return counts.getOrDefault(rule, 0L);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
