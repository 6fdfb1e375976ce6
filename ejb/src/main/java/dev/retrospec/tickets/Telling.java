package dev.retrospec.tickets;

import dev.retrospec.ids.JobId;
import dev.retrospec.tickets.TicketRequest.Action;
import java.time.Instant;

/**
 * What is being told to a ticket.
 *
 * @param until when nobody waits for it any more
 */
record Telling(Action action, JobId job, Instant until) {}
