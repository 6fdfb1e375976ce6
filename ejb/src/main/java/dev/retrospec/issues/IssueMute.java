package dev.retrospec.issues;

import org.jspecify.annotations.Nullable;

/**
 * A mute that holds, beside its time.
 *
 * @param sessions as they were asked for; null: no such condition
 * @param sessionsLeft how many of them have not been seen yet
 * @param users as they were asked for; null: no such condition
 * @param usersLeft how many of them have not been seen yet
 * @param untilEscalating whether an escalation ends it
 */
public record IssueMute(
    @Nullable Integer sessions,
    @Nullable Integer sessionsLeft,
    @Nullable Integer users,
    @Nullable Integer usersLeft,
    boolean untilEscalating) {}
