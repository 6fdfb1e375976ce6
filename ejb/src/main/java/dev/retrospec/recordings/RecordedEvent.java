package dev.retrospec.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One rrweb event, read.
 *
 * @param at by the browser's clock
 * @param type rrweb's number: 2 full snapshot, 3 incremental, 4 meta, 5 custom, 6 plugin
 * @param data rrweb's payload; scrubbed, but still what a browser sent: never trust it
 */
public record RecordedEvent(Instant at, int type, JsonNode data) {}
