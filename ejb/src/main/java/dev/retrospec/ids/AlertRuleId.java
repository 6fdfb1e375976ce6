package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** A project's rule about who is told of what. */
public record AlertRuleId(@JsonValue String value) {

  /** What every such id begins with. */
  public static final String PREFIX = "rule_";

  public AlertRuleId {
    value = Ids.checked("alert rule id", value);
  }

  public static AlertRuleId mint() {
    return new AlertRuleId(Ids.mint(PREFIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
