package dev.retrospec.tickets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A ticket of an issue.
 *
 * @param id of the link, not of the ticket
 * @param number the ticket's name among people: {@code 12}, {@code SHOP-12}; null until it is made
 * @param url its page; null until it is known
 * @param isClosed as the tracker said last
 * @param status {@code pending} until the tracker has answered, {@code linked}, or {@code failed}
 * @param problem why it failed; null: it did not
 */
public record TicketView(
    String id,
    TrackerKind provider,
    @Nullable String number,
    @Nullable String url,
    boolean isClosed,
    String status,
    @Nullable String problem,
    String createdBy,
    Instant createdAt) {}
