package dev.retrospec.issues.promotion;

/**
 * A failure is shown when it has repeated: in as many sessions as the threshold says. Whether
 * anybody has analysed it, or muted it, does not count: an analyzer's outage never hides an issue.
 */
public final class PromotionPolicy {

  private final int minSessions;

  /**
   * @param minSessions 1 or more
   */
  public PromotionPolicy(int minSessions) {
    if (minSessions < 1) {
      throw new IllegalArgumentException("minSessions must be 1 or more");
    }
    this.minSessions = minSessions;
  }

  /**
   * What is known of a cluster.
   *
   * @param sessions that showed it
   * @param users distinct visitors of those sessions
   * @param markers in all
   */
  public record Evidence(int sessions, int users, long markers) {}

  public PromotionDecision decide(Evidence evidence) {
    String seen =
        "Seen in %s by %s, %s"
            .formatted(
                counted(evidence.sessions(), "session"),
                counted(evidence.users(), "user"),
                counted(evidence.markers(), "marker"));
    String threshold = "the threshold is " + counted(minSessions, "session");
    return evidence.sessions() >= minSessions
        ? new PromotionDecision.Promote(seen + "; " + threshold + ".")
        : new PromotionDecision.Hold(seen + "; " + threshold + ".");
  }

  private static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
