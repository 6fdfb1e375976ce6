package dev.retrospec.alerts;

/** Whether to tell. */
public sealed interface AlertDecision {

  /** Tell. */
  record Send() implements AlertDecision {}

  /**
   * Do not, and keep why: {@code muted}, {@code resolved}, {@code low_confidence}, {@code
   * cooldown}.
   */
  record Suppress(String reason) implements AlertDecision {}
}
