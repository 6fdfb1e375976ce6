package dev.retrospec.issues.promotion;

/** What to do with a cluster that is not an issue yet. */
public sealed interface PromotionDecision {

  /** One sentence for people: what was seen, or what is missing. */
  String reason();

  /** Show it. */
  record Promote(String reason) implements PromotionDecision {}

  /** Wait. */
  record Hold(String reason) implements PromotionDecision {}
}
