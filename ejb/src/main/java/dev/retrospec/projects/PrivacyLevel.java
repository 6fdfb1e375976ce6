package dev.retrospec.projects;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** How much the recorder masks before anything leaves the page. */
public enum PrivacyLevel {
  /** All text and all fields. */
  STRICT,
  /** All fields, and what is marked as private. */
  BALANCED,
  /** Sensitive fields, and what is marked as private. */
  MINIMAL;

  /**
   * @throws InvalidRequest for any other word
   */
  public static PrivacyLevel fromWireName(String name) {
    for (PrivacyLevel level : values()) {
      if (level.wireName().equals(name)) {
        return level;
      }
    }
    throw new InvalidRequest("privacyLevel must be one of strict, balanced, minimal");
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
