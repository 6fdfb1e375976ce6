package dev.retrospec.projects;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** What a project key may do. */
public enum KeyScope {
  /** Public by nature, it stands in customers' pages: writes recordings, never reads. */
  INGEST,
  /** Reads, triages, and writes. */
  SECRET;

  /**
   * @throws InvalidRequest when there is no such scope
   */
  public static KeyScope of(String name) {
    return switch (name) {
      case "ingest" -> INGEST;
      case "secret" -> SECRET;
      default -> throw new InvalidRequest("scope must be ingest or secret");
    };
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
