package dev.retrospec.patterns;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Which patterns a list shows, those seen last first.
 *
 * @param text whose words all stand in the pattern; null or blank: any
 * @param decision {@code undecided}, or as a decision's name; null: any
 * @param testName the test in which it was seen first; null: any
 * @param branch on which it was seen; null: any
 * @param limit most in a piece, 1 to {@value #MAX_LIMIT}
 * @param after where the piece begins; null: at the beginning
 */
public record PatternFilter(
    @Nullable String text,
    @Nullable String decision,
    @Nullable String testName,
    @Nullable String branch,
    int limit,
    @Nullable Cursor after) {

  public static final int MAX_LIMIT = 200;

  /** Instead of a decision: none yet. */
  public static final String UNDECIDED = "undecided";

  private static final int MAX_TEXT = 500;

  public PatternFilter {
    text = blankAsNull(text);
    decision = blankAsNull(decision);
    testName = blankAsNull(testName);
    branch = blankAsNull(branch);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be between 1 and " + MAX_LIMIT);
    }
    if (text != null && text.length() > MAX_TEXT) {
      throw new InvalidRequest("q must be at most " + MAX_TEXT + " characters");
    }
    if (decision != null && !decision.equals(UNDECIDED)) {
      PatternDecision.fromWireName(decision);
    }
  }

  /** The latest ones, whatever they are. */
  public static PatternFilter latest(int limit) {
    return new PatternFilter(null, null, null, null, limit, null);
  }

  private static @Nullable String blankAsNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
