package dev.retrospec.issues;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.issues.clustering.RegroupReport;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A look at all markers of a project by today's rules, and the move there unless it is a dry run.
 *
 * @param markersRead so far
 * @param markersMoved so far; 0 in a dry run
 * @param report what is moved, or would be; null until all has been read
 * @param failure why it ended early; null if it did not
 */
public record RegroupRun(
    String id,
    boolean dryRun,
    State state,
    long markersRead,
    long markersMoved,
    @Nullable RegroupReport report,
    @Nullable String failure,
    @Nullable String createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /** How far it is. */
  public enum State {
    WAITING,
    READING,
    MOVING,
    DONE,
    FAILED;

    /** The name in JSON and SQL. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State fromWireName(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }
}
