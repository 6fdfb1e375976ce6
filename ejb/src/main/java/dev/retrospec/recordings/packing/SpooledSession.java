package dev.retrospec.recordings.packing;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;

/**
 * What one session has in the spool.
 *
 * @param bytes stored bytes of all its chunks there
 * @param oldest when the first of them arrived
 * @param newest when the last of them arrived
 */
record SpooledSession(
    ProjectId projectId, SessionId sessionId, long bytes, Instant oldest, Instant newest) {}
