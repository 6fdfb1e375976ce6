package dev.retrospec.inspection;

import dev.retrospec.ids.PatternId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of failing tests that is the same failure as an issue of production.
 *
 * @param runs the latest that showed it, newest first
 */
public record SeenInCi(Sighting sighting, List<RunLine> runs) {

  public SeenInCi {
    runs = List.copyOf(runs);
  }

  /**
   * The pattern.
   *
   * @param testName where it was seen first
   * @param decision null while nobody said what it is
   * @param similarity 0 to 1
   * @param linkedBy {@code match}, else who said so
   */
  public record Sighting(
      PatternId patternId,
      String summary,
      String testName,
      int occurrenceCount,
      int runCount,
      Instant firstSeen,
      Instant lastSeen,
      @Nullable String decision,
      @Nullable String note,
      double similarity,
      String linkedBy) {}
}
