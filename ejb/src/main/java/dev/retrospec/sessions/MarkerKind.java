package dev.retrospec.sessions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The four kinds of failure that the contract knows; finer kinds of the SDK are sub-kinds. */
public enum MarkerKind {
  /** A form refused to go on. */
  VALIDATION_FAILED,
  /** A request failed or was answered with an error. */
  API_ERROR,
  /** A script threw, a promise was rejected, the console was told of an error. */
  JS_EXCEPTION,
  /** The visitor acted and nothing came of it. */
  UI_NO_EFFECT;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Unknown kinds become {@link #UI_NO_EFFECT}: a newer client's marker is kept, not refused. */
  public static MarkerKind fromWireName(@Nullable String name) {
    for (MarkerKind kind : values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    return UI_NO_EFFECT;
  }
}
