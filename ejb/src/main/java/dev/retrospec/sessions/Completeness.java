package dev.retrospec.sessions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much of what happened a session's recording holds: the certificate that stands beside every
 * replay.
 *
 * @param chunksExpected how many the browser has numbered, as far as the server can tell
 * @param chunksReceived how many of them came, those without events included
 * @param chunksOmitted how many of these were let go because the project keeps only the last
 *     minutes
 * @param complete whether nothing was lost; what was left out on purpose is no loss
 * @param problems all that keeps the replay from showing everything, losses first
 */
public record Completeness(
    int chunksExpected,
    int chunksReceived,
    int chunksOmitted,
    Map<String, Long> dropped,
    long throttled,
    Map<String, Long> reduced,
    long masked,
    long maskable,
    long assetsMissing,
    long clockJumps,
    boolean complete,
    List<Problem> problems) {

  public Completeness {
    dropped = Map.copyOf(dropped);
    reduced = Map.copyOf(reduced);
    problems = List.copyOf(problems);
  }

  /** Why a replay does not show everything, and how often. */
  public record Problem(Code code, long count) {}

  /** Kinds of problems; the first two are losses. */
  public enum Code {
    /** Chunks with a number before the last one never came. */
    CHUNKS_MISSING,
    /** The recorder could not keep or send events. */
    EVENTS_DROPPED,
    /** Images or fonts could not be kept: what happened is there, as it looked is not. */
    ASSETS_MISSING,
    /** The recorder thinned events out to spare the page. */
    REDUCED,
    /** More failed than the recorder tells. */
    THROTTLED,
    /** The beginning was let go by the project's policy. */
    OMITTED_BY_POLICY,
    /** The browser's clock was set while it recorded. */
    CLOCK_JUMPS,
    /** Entries of the list beside the replay are left out; the replay has them. */
    TIMELINE_CUT;

    boolean isLoss() {
      return this == CHUNKS_MISSING || this == EVENTS_DROPPED;
    }

    /** Snake case, as in JSON. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Judges the numbers. */
  public static Completeness of(
      int chunksExpected, int chunksReceived, int chunksOmitted, RecorderCounts counts) {
    long unlisted = counts.dropped().getOrDefault(RecorderCounts.UNLISTED, 0L);
    List<Problem> problems = new ArrayList<>();
    add(problems, Code.CHUNKS_MISSING, chunksExpected - chunksReceived);
    add(problems, Code.EVENTS_DROPPED, sum(counts.dropped()) - unlisted);
    add(problems, Code.ASSETS_MISSING, counts.assetsMissing());
    add(problems, Code.REDUCED, sum(counts.reduced()));
    add(problems, Code.THROTTLED, counts.throttled());
    add(problems, Code.OMITTED_BY_POLICY, chunksOmitted);
    add(problems, Code.CLOCK_JUMPS, counts.clockJumps());
    add(problems, Code.TIMELINE_CUT, unlisted);
    return new Completeness(
        chunksExpected,
        chunksReceived,
        chunksOmitted,
        counts.dropped(),
        counts.throttled(),
        counts.reduced(),
        counts.masked(),
        counts.maskable(),
        counts.assetsMissing(),
        counts.clockJumps(),
        problems.stream().noneMatch(problem -> problem.code().isLoss()),
        problems);
  }

  /** The same recorder's counts for chunks that were counted one by one. */
  public Completeness withChunks(int expected, int received) {
    return of(
        expected,
        received,
        chunksOmitted,
        new RecorderCounts(
            dropped, throttled, reduced, masked, maskable, assetsMissing, clockJumps));
  }

  private static void add(List<Problem> problems, Code code, long count) {
    if (count > 0) {
      problems.add(new Problem(code, count));
    }
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
