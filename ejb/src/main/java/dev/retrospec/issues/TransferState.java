package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a decision about clusters is carried out; what comes in follows it at once. */
public enum TransferState {
  /** A worker moves the rest; {@link GroupingView#transfers} tells how far it is. */
  MOVING,
  DONE;

  /** The name in JSON. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
