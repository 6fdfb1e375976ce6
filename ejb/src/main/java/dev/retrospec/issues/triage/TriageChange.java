package dev.retrospec.issues.triage;

import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.time.StorableTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decides about an issue.
 *
 * @param state any but regressed, which only the system finds
 * @param assignee null leaves it, empty clears it
 * @param note null leaves it, empty clears it
 * @param mutedUntil the end of the mute, in the future; required for muted, ignored otherwise
 * @param expectedVersion the version the decision was made on (the ETag); null: whatever it is
 */
public record TriageChange(
    TriageState state,
    @Nullable String assignee,
    @Nullable String note,
    @Nullable Instant mutedUntil,
    @Nullable Integer expectedVersion) {

  /** A login or an e-mail address. */
  public static final int MAX_ASSIGNEE_LENGTH = 200;

  /** A paragraph; more belongs in a ticket. */
  public static final int MAX_NOTE_LENGTH = 2_000;

  public TriageChange {
    if (state == TriageState.REGRESSED) {
      throw new InvalidRequest("state must be one of open, acknowledged, resolved, muted");
    }
    if (state == TriageState.MUTED && mutedUntil == null) {
      throw new InvalidRequest("mutedUntil is required for muted");
    }
    if (!StorableTime.holds(mutedUntil)) {
      throw new InvalidRequest("mutedUntil must lie in the years 1 to 9999");
    }
    checkLength("assignee", assignee, MAX_ASSIGNEE_LENGTH);
    checkLength("note", note, MAX_NOTE_LENGTH);
  }

  private static void checkLength(String field, @Nullable String value, int max) {
    if (value != null && value.length() > max) {
      throw new InvalidRequest(field + " must be at most " + max + " characters");
    }
  }
}
