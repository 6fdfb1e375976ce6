package dev.retrospec.reports;

/**
 * How a rule has done in a project: of the issues that it explained and people judged, how many
 * they found it right about.
 *
 * <p>The confidence of its next card is the mean of a Beta distribution: before anybody has judged,
 * it is the share of the cause that was seen ({@code strength}), which counts as much as {@value
 * #PRIOR_WEIGHT} judgements; every judgement then counts one. (Empirical shrinkage as in Gelman et
 * al., Bayesian Data Analysis, 2.4, with a prior mean by card.)
 *
 * @param rule the rule's id, such as {@code failed_request}
 * @param right n: judged helpful, or the issue was resolved
 * @param judged m: all that were judged; never less than n
 */
public record RuleRecord(String rule, int right, int judged) {

  /**
   * After eight judgements a project's own experience and the prior count the same: fewer would let
   * two early thumbs decide, more would hold an opinion against a project's evidence for months.
   */
  static final int PRIOR_WEIGHT = 8;

  public RuleRecord {
    if (right < 0 || judged < right) {
      throw new IllegalArgumentException("n of m needs 0 ≤ n ≤ m");
    }
  }

  /**
   * @param strength 0 to 1: how much of the cause was seen in this case, not guessed
   * @return 0 to 1, rounded to hundredths
   */
  public double confidence(double strength) {
    double mean = (PRIOR_WEIGHT * strength + right) / (PRIOR_WEIGHT + judged);
    return Math.round(mean * 100) / 100.0;
  }
}
