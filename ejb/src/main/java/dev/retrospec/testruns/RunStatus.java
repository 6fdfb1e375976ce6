package dev.retrospec.testruns;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a run ended. */
public enum RunStatus {
  PASSED,
  FAILED;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when it is neither
   */
  public static RunStatus fromWireName(@Nullable String name) {
    for (RunStatus status : values()) {
      if (status.wireName().equals(name)) {
        return status;
      }
    }
    throw new InvalidRequest("status must be passed or failed");
  }
}
