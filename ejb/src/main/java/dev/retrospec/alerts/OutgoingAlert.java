package dev.retrospec.alerts;

import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that has been begun.
 *
 * @param idempotencyKey the same for every attempt to send the same
 * @param isSafeToRepeat whether the other side can tell that it comes twice, or does not mind
 * @param isRepeat whether an earlier attempt ended without saying how
 * @param change what has changed about an issue, for a change of a message; empty: a message
 * @param messageRef where the message stands that is to be changed
 */
public record OutgoingAlert(
    ProjectId project,
    AlertDeliveryId id,
    String idempotencyKey,
    boolean isSafeToRepeat,
    boolean isRepeat,
    AlertContent content,
    AlertTarget target,
    Optional<AlertChange> change,
    @Nullable String messageRef) {}
