package dev.retrospec.issues.triage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an issue.
 *
 * @param id grows with time within an issue
 * @param actor "ada", "CI", "RetroSpec"
 * @param kind for programs: {@code resolved}, {@code assigned}, {@code regressed} and the like
 * @param what a clause that follows the actor: "resolved it in 2.4.1"
 * @param note in somebody's own words; null: none
 */
public record ActivityEntry(
    long id,
    Instant at,
    Actor.Kind actorKind,
    String actor,
    String kind,
    String what,
    @Nullable String note) {}
