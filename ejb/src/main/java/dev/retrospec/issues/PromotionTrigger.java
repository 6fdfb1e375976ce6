package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What made a cluster an issue, or an issue speak again. */
public enum PromotionTrigger {
  /** A session came in. */
  INGEST,
  /** The timer looked. */
  TIMER,
  /** Somebody asked, by the API or in the dashboard. */
  MANUAL,
  /** A cluster was merged into it that was an issue already. */
  MERGE;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #wireName} wrote. */
  public static PromotionTrigger fromWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
