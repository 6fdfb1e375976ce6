package dev.retrospec.notifications;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row, as the one who delivers it needs it. */
record StoredNotification(
    NotificationId id,
    TestRunId testRunId,
    Channel channel,
    RunReport report,
    int revision,
    @Nullable String address,
    Instant requestedAt) {}
