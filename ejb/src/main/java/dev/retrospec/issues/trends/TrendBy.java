package dev.retrospec.issues.trends;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** What the trend of a project is told apart by. */
public enum TrendBy {
  KIND,
  RELEASE,
  BROWSER;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when it is none of them
   */
  public static TrendBy fromWireName(String name) {
    for (TrendBy by : values()) {
      if (by.wireName().equals(name)) {
        return by;
      }
    }
    throw new InvalidRequest("by must be one of kind, release, browser");
  }
}
