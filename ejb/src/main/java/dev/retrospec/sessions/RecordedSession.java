package dev.retrospec.sessions;

import org.jspecify.annotations.Nullable;

/**
 * A session as it stands after a write.
 *
 * @param visitor by all that clients have told so far
 * @param markerCount markers that were stored before
 * @param release by all that clients have told so far
 */
public record RecordedSession(Visitor visitor, int markerCount, @Nullable String release) {}
