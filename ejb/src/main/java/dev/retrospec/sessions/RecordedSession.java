package dev.retrospec.sessions;

/**
 * A session as it stands after a write.
 *
 * @param visitor by all that clients have told so far
 * @param markerCount markers that were stored before
 */
public record RecordedSession(Visitor visitor, int markerCount) {}
