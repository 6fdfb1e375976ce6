package dev.retrospec.recordings;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a recording and what is missing, without a single event. Chunks with events
 * only, in the order in which they happened.
 *
 * @param idlePeriods stretches in which no window recorded anything although nothing is missing
 * @param chunksExpected how many the browser has numbered, as far as the server can tell
 * @param chunksReceived how many of them are here, those without events included
 */
public record RecordingManifest(
    List<ChunkView> chunks,
    List<Gap> gaps,
    List<PageVisit> pages,
    List<IdlePeriod> idlePeriods,
    int chunksExpected,
    int chunksReceived) {

  public RecordingManifest {
    chunks = List.copyOf(chunks);
    gaps = List.copyOf(gaps);
    pages = List.copyOf(pages);
    idlePeriods = List.copyOf(idlePeriods);
  }

  /**
   * A stretch that was recorded or should have been, and is not here.
   *
   * @param windowId null when it cannot be known which window it was
   * @param afterSeq the last chunk before it; null at the beginning
   * @param beforeSeq the first chunk after it; null at the end
   * @param reason a word in snake case
   */
  public record Gap(
      @Nullable String windowId,
      @Nullable Integer afterSeq,
      @Nullable Integer beforeSeq,
      Instant from,
      Instant to,
      String reason) {}

  /** A page that was shown from this moment on. */
  public record PageVisit(Instant at, String url) {}

  /** Nobody did anything, and the page did nothing by itself. */
  public record IdlePeriod(Instant from, Instant to) {}
}
