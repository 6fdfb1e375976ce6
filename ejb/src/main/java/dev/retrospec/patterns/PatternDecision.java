package dev.retrospec.patterns;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** What people hold a pattern for. */
public enum PatternDecision {
  /** The product is broken. */
  PRODUCT_BUG,
  /** The test is. */
  TEST_BUG,
  /** Neither: a machine, a network, a service beside. */
  INFRASTRUCTURE,
  /** Fails and passes without a change. */
  FLAKY,
  /** Known and accepted for now. */
  KNOWN;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when there is no such decision
   */
  public static PatternDecision fromWireName(String name) {
    for (PatternDecision decision : values()) {
      if (decision.wireName().equals(name)) {
        return decision;
      }
    }
    throw new InvalidRequest(
        "decision must be one of product_bug, test_bug, infrastructure, flaky, known");
  }
}
