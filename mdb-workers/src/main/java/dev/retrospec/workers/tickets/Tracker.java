package dev.retrospec.workers.tickets;

import dev.retrospec.tickets.TicketRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TrackerAccess;
import java.util.Optional;

/** What every tracker can do. Each call is one request or a few; none is repeated here. */
interface Tracker {

  /**
   * A ticket that an attempt made whose answer was lost, by the mark in it.
   *
   * @throws TrackerFailure when there is none, but the tracker may only not know of it yet
   */
  Optional<Ticket> made(TicketRequest request);

  Ticket create(TicketRequest request);

  Ticket look(TicketRequest request, String number);

  void comment(TicketRequest request, String number);

  void close(TicketRequest request, String number);

  void reopen(TicketRequest request, String number);

  /**
   * Asks whether tickets can be made, and writes nothing.
   *
   * @return whether the tracker said that the token may write; else it says so only to who writes
   * @throws TrackerFailure which says what is wrong
   */
  boolean check(TrackerAccess access);
}
