package dev.retrospec.issues.triage;

import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.InvalidRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decides about an issue.
 *
 * @param state null leaves it; never regressed or escalating, which only the system finds
 * @param assignee null leaves it, empty clears it
 * @param note null leaves it, empty clears it
 * @param mute what ends the mute; required for muted, ignored otherwise
 * @param resolvedInRelease the release that brings the fix, seen already or not; for resolved only.
 *     Null: whatever runs now, or, of an issue that is resolved already, what was said before
 * @param expectedVersion the version the decision was made on (the ETag); null: whatever it is
 */
public record TriageChange(
    @Nullable TriageState state,
    @Nullable String assignee,
    @Nullable String note,
    @Nullable MuteCondition mute,
    @Nullable String resolvedInRelease,
    @Nullable Integer expectedVersion) {

  /** A login or an e-mail address. */
  public static final int MAX_ASSIGNEE_LENGTH = 200;

  /** A paragraph; more belongs in a ticket. */
  public static final int MAX_NOTE_LENGTH = 2_000;

  /** As long as a recording may name its release. */
  public static final int MAX_RELEASE_LENGTH = 200;

  public TriageChange {
    if (state != null && !state.isDecision()) {
      throw new InvalidRequest("state must be one of open, acknowledged, resolved, muted");
    }
    if (state == TriageState.MUTED && mute == null) {
      throw new InvalidRequest(
          "mutedUntil is required for muted, or muteSessions, muteUsers or muteUntilEscalating");
    }
    checkLength("assignee", assignee, MAX_ASSIGNEE_LENGTH);
    checkLength("note", note, MAX_NOTE_LENGTH);
    checkLength("resolvedInRelease", resolvedInRelease, MAX_RELEASE_LENGTH);
    resolvedInRelease =
        resolvedInRelease == null || resolvedInRelease.isBlank() ? null : resolvedInRelease.strip();
    if (resolvedInRelease != null && state != TriageState.RESOLVED) {
      throw new InvalidRequest("resolvedInRelease is for resolved only");
    }
  }

  /** With a mute that ends by time only. */
  public TriageChange(
      @Nullable TriageState state,
      @Nullable String assignee,
      @Nullable String note,
      @Nullable Instant mutedUntil,
      @Nullable Integer expectedVersion) {
    this(
        state,
        assignee,
        note,
        mutedUntil == null ? null : MuteCondition.until(mutedUntil),
        null,
        expectedVersion);
  }

  private static void checkLength(String field, @Nullable String value, int max) {
    if (value != null && value.length() > max) {
      throw new InvalidRequest(field + " must be at most " + max + " characters");
    }
  }
}
