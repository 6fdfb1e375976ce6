package dev.retrospec.recordings;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.recordings.RecordingManifest.Gap;
import dev.retrospec.recordings.RecordingManifest.IdlePeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is missing in a recording, and where nothing happened: from the numbers and the times of its
 * chunks alone.
 */
final class RecordingCoverage {

  /** A shorter silence is part of reading a page. Our SDK flushes every few seconds. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  /** A session's start that lies further before its first event was made up by the client. */
  static final Duration CREDIBLE_LEAD = Duration.ofMinutes(10);

  /** A number was used, and the chunk is not here. */
  static final String NOT_RECEIVED = "not_received";

  /** It came, and was let go because the project keeps only the last minutes. */
  static final String OMITTED = "omitted_by_policy";

  /** The visitor left the site's pages and came back. */
  static final String PAGE_LEFT = "page_left";

  /** The page stopped the recording, or paused it. */
  static final String STOPPED = "recording_stopped";

  private final List<StoredChunks.Row> inTime;
  private final TreeMap<Integer, StoredChunks.Row> timed = new TreeMap<>();
  private final TreeSet<Integer> numbers;
  private final List<Gap> gaps = new ArrayList<>();
  private final List<IdlePeriod> idle = new ArrayList<>();

  /**
   * @param omitted numbers of chunks that were let go
   * @param startedAt when the session began; null when that is not known
   */
  RecordingCoverage(
      List<StoredChunks.Row> chunks, Set<Integer> omitted, @Nullable Instant startedAt) {
    numbers = new TreeSet<>(omitted);
    chunks.forEach(chunk -> numbers.add(chunk.seq()));
    inTime =
        chunks.stream()
            .filter(chunk -> chunk.firstEventAt() != null && chunk.lastEventAt() != null)
            .sorted(
                Comparator.comparing(RecordingCoverage::first).thenComparing(StoredChunks.Row::seq))
            .toList();
    inTime.forEach(chunk -> timed.put(chunk.seq(), chunk));
    if (!inTime.isEmpty()) {
      if (!omitted.isEmpty()) {
        beginningWasOmitted(startedAt);
      }
      missingNumbers(startedAt);
      silences();
      gaps.sort(Comparator.comparing(Gap::from));
    }
  }

  List<Gap> gaps() {
    return gaps;
  }

  List<IdlePeriod> idlePeriods() {
    return idle;
  }

  int chunksExpected() {
    int expected = 0;
    Integer last = numbers.isEmpty() ? null : numbers.last();
    while (last != null) {
      ChunkNumber number = new ChunkNumber(last);
      expected += number.place() + 1;
      last = numbers.lower(last - number.place());
    }
    return expected;
  }

  private void beginningWasOmitted(@Nullable Instant startedAt) {
    StoredChunks.Row kept = inTime.get(0);
    Instant to = first(kept);
    Instant from = startedAt == null || startedAt.isAfter(to) ? to : startedAt;
    gaps.add(new Gap(null, null, kept.seq(), from, to, OMITTED));
  }

  private void missingNumbers(@Nullable Instant startedAt) {
    int expected = 0;
    for (int seq : numbers) {
      int slot = slotStart(seq);
      // Where another window took over no number is missing, and its first one is 0.
      expected = Math.max(expected, slot);
      if (seq > expected) {
        // When a window was opened is known of the first one only.
        gaps.add(missing(expected, seq, slot == 0 ? startedAt : null));
      }
      expected = seq + 1;
    }
  }

  private static int slotStart(int seq) {
    return seq - new ChunkNumber(seq).place();
  }

  /** The chunks from {@code from} to before {@code to} are missing; both are of one slot. */
  private Gap missing(int from, int to, @Nullable Instant startedAt) {
    int slot = slotStart(to);
    StoredChunks.Row before = inSlot(slot, timed.lowerEntry(from));
    StoredChunks.Row after = inSlot(slot, timed.ceilingEntry(to));
    if (before == null && after == null) {
      // A window that only ever sent markers: when they were is not known, but in this session.
      Instant at = first(inTime.get(0));
      return new Gap(null, null, to, at, at, NOT_RECEIVED);
    }
    Instant end = after == null ? last(Objects.requireNonNull(before)) : first(after);
    Instant start = before == null ? beginning(startedAt, end) : last(before);
    return new Gap(
        commonWindow(before, after),
        from == slot ? null : numbers.lower(from),
        to,
        start,
        end.isBefore(start) ? start : end,
        NOT_RECEIVED);
  }

  private static Instant beginning(@Nullable Instant startedAt, Instant firstEventAt) {
    boolean credible =
        startedAt != null
            && startedAt.isBefore(firstEventAt)
            && startedAt.isAfter(firstEventAt.minus(CREDIBLE_LEAD));
    return credible ? startedAt : firstEventAt;
  }

  private static StoredChunks.@Nullable Row inSlot(
      int slot, Map.@Nullable Entry<Integer, StoredChunks.Row> chunk) {
    boolean isInSlot = chunk != null && slotStart(chunk.getKey()) == slot;
    return isInSlot ? chunk.getValue() : null;
  }

  private static @Nullable String commonWindow(
      StoredChunks.@Nullable Row before, StoredChunks.@Nullable Row after) {
    if (before == null || after == null) {
      StoredChunks.Row only = before == null ? after : before;
      return only == null ? null : only.windowId();
    }
    return before.windowId().equals(after.windowId()) ? before.windowId() : null;
  }

  /** Stretches that no chunk of any window covers, and that no missing chunk explains. */
  private void silences() {
    // Both ascend: each gap is looked at once.
    List<Gap> known = gaps.stream().sorted(Comparator.comparing(Gap::from)).toList();
    int next = 0;
    Instant missingUntil = Instant.MIN;
    StoredChunks.Row covering = inTime.get(0);
    for (StoredChunks.Row chunk : inTime) {
      Instant from = last(covering);
      Instant to = first(chunk);
      for (; next < known.size() && known.get(next).from().isBefore(to); next++) {
        Instant end = known.get(next).to();
        missingUntil = end.isAfter(missingUntil) ? end : missingUntil;
      }
      if (!to.isBefore(from.plus(SILENCE)) && !missingUntil.isAfter(from)) {
        String reason = absence(covering.reason());
        if (reason == null) {
          idle.add(new IdlePeriod(from, to));
        } else {
          gaps.add(
              new Gap(
                  commonWindow(covering, chunk), covering.seq(), chunk.seq(), from, to, reason));
        }
      }
      covering = last(chunk).isAfter(from) ? chunk : covering;
    }
  }

  /** Why nothing could be recorded after a chunk that was sent for this reason. */
  private static @Nullable String absence(@Nullable String flushReason) {
    if (flushReason == null) {
      return null;
    }
    return switch (flushReason) {
      case "pagehide" -> PAGE_LEFT;
      case "stop" -> STOPPED;
      default -> null;
    };
  }

  private static Instant first(StoredChunks.Row chunk) {
    return Objects.requireNonNull(chunk.firstEventAt());
  }

  private static Instant last(StoredChunks.Row chunk) {
    return Objects.requireNonNull(chunk.lastEventAt());
  }
}
