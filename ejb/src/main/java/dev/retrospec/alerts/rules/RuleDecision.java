package dev.retrospec.alerts.rules;

import java.time.Instant;

/** What becomes of an event under a rule, for now. */
public sealed interface RuleDecision {

  /** Tell. */
  record Tell() implements RuleDecision {}

  /**
   * Decide again then.
   *
   * @param reason {@code quiet_hours}, {@code cooldown}, {@code few_users} or {@code
   *     low_confidence}
   */
  record Hold(Instant until, String reason) implements RuleDecision {}

  /**
   * Never.
   *
   * @param reason {@code resolved}, {@code muted}, {@code filtered}, {@code cooldown}, {@code
   *     low_report_confidence}, or what it waited for in vain
   */
  record Suppress(String reason) implements RuleDecision {}
}
