package dev.retrospec.signatures.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a failure was seen. */
public enum Origin {
  /** In a test run; its owner is a pattern. */
  CI,
  /** With a visitor; its owner is an issue. */
  PRODUCTION,
  /** With a visitor; its owner is a cluster that is no issue, yet. */
  OBSERVED;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Origin fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
