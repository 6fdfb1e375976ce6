package dev.retrospec.sessions;

import dev.retrospec.ids.NoteId;
import java.time.Instant;

/**
 * What somebody wrote at a moment of a session.
 *
 * @param atMs milliseconds since the session's start
 * @param author a user of the dashboard, or a key
 */
public record SessionNote(NoteId id, long atMs, String text, String author, Instant createdAt) {}
