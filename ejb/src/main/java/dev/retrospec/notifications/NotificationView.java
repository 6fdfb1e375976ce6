package dev.retrospec.notifications;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message about a run.
 *
 * @param address where it can be seen
 * @param errorMessage how the last attempt ended, or why nothing was sent
 */
public record NotificationView(
    NotificationId id,
    TestRunId testRunId,
    Channel channel,
    NotificationStatus status,
    @Nullable String address,
    @Nullable String errorMessage,
    int attempts,
    Instant createdAt,
    @Nullable Instant sentAt) {}
