package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** Where an issue stands in the team's work. */
public enum TriageState {
  OPEN,
  ACKNOWLEDGED,
  RESOLVED,
  /** Quiet until its condition is met; from then on it counts as open. */
  MUTED,
  /** Resolved, and seen again in a later session. Only the system sets this. */
  REGRESSED,
  /** Seen far more often than its own past lets one expect. Only the system sets this. */
  ESCALATING;

  /** Whether people may decide so; the other states are findings. */
  public boolean isDecision() {
    return this != REGRESSED && this != ESCALATING;
  }

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when it is none of them
   */
  public static TriageState fromWireName(String name) {
    for (TriageState state : values()) {
      if (state.wireName().equals(name)) {
        return state;
      }
    }
    throw new InvalidRequest(
        "state must be one of open, acknowledged, resolved, muted, regressed, escalating");
  }
}
