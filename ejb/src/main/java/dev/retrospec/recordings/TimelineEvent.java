package dev.retrospec.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the searchable timeline, see {@link IndexedEvent}.
 *
 * @param at by the browser's clock
 * @param kind {@link IndexedEvent.Kind#word()}
 * @param data an object, or null
 */
public record TimelineEvent(
    Instant at, String kind, @Nullable String level, String text, @Nullable JsonNode data) {}
