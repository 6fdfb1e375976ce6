package dev.retrospec.tickets;

import dev.retrospec.ids.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is to ask of a tracker.
 *
 * @param ticketId of the link
 * @param number of the ticket; null for {@link Action#CREATE}
 * @param title of a new ticket
 * @param text of a new ticket, or what is to be said; Markdown, without anything that a visitor's
 *     page said beyond the symptom
 * @param mark stands in the text of a new ticket, so that one that was made by an attempt whose
 *     answer was lost is found again
 */
public record TicketRequest(
    ProjectId projectId,
    String ticketId,
    Action action,
    TrackerAccess access,
    @Nullable String number,
    String title,
    String text,
    String mark) {

  /** What is to be done. */
  public enum Action {
    CREATE,
    /** Read where an existing ticket stands. */
    LOOK,
    /** Say that the issue is resolved. */
    COMMENT,
    /** The same, and close it. */
    CLOSE,
    /** Say that the issue is back. */
    REGRESSED,
    /** The same, and open it again. */
    REOPEN
  }

  /**
   * What the tracker answered.
   *
   * @param number the ticket's name among people, unique within its place
   */
  public record Ticket(String number, String url, boolean isClosed) {}
}
