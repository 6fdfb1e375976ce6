package dev.retrospec.alerts.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a rule decides about.
 *
 * @param at when it happened
 * @param reportConfidence of the report card that is ready, 0 to 1; null for other events
 */
public record Happened(RuleEvent event, Instant at, @Nullable Double reportConfidence) {}
