package dev.retrospec.tickets;

import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is to ask of a tracker.
 *
 * @param ticketId of the link
 * @param job that asks
 * @param number of the ticket; null for {@link Action#CREATE}
 * @param title of a new ticket
 * @param text of a new ticket, or what is to be said; Markdown, without anything that a visitor's
 *     page said beyond the symptom
 * @param mayBeMade whether an attempt that began less than a minute ago may have made the ticket
 * @param mark stands in the text of a new ticket, so that one that was made by an attempt whose
 *     answer was lost is found again
 */
public record TicketRequest(
    ProjectId projectId,
    String ticketId,
    JobId job,
    Action action,
    TrackerAccess access,
    @Nullable String number,
    String title,
    String text,
    boolean mayBeMade,
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
    REOPEN;

    /** Whether it is about where the issue stands. */
    boolean tells() {
      return this != CREATE && this != LOOK;
    }

    /** Whether that is that it is resolved. */
    boolean saysResolved() {
      return this == COMMENT || this == CLOSE;
    }
  }

  /**
   * What the tracker answered.
   *
   * @param number the ticket's name among people, unique within its place
   */
  public record Ticket(String number, String url, boolean isClosed) {}
}
