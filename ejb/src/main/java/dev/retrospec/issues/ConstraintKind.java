package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody said of two clusters. */
public enum ConstraintKind {
  /** They are one failure. */
  MUST_LINK,
  /** They are not. */
  CANNOT_LINK;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ConstraintKind fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
