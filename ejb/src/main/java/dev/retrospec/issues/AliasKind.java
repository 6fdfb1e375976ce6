package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why one key leads to another. */
public enum AliasKind {
  /** Somebody merged the two. */
  HAND,
  /** They looked alike. */
  LIKENESS,
  /** A newer version of the rules, or a source map, gave the same failure another key. */
  REGROUP;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AliasKind fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
