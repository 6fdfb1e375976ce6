package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** Where an issue stands in the team's work. */
public enum TriageState {
  OPEN,
  ACKNOWLEDGED,
  RESOLVED,
  /** Quiet until its window ends; from then on it counts as open. */
  MUTED,
  /** Resolved, and seen again in a later session. Only the system sets this. */
  REGRESSED;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when it is none of the five
   */
  public static TriageState fromWireName(String name) {
    for (TriageState state : values()) {
      if (state.wireName().equals(name)) {
        return state;
      }
    }
    throw new InvalidRequest("state must be one of open, acknowledged, resolved, muted, regressed");
  }
}
