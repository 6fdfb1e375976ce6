package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.recordings.RecordingManifest.Gap;
import dev.retrospec.recordings.RecordingManifest.IdlePeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordingCoverageTest {

  private static final Instant START = RecordingFixture.START;

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static StoredChunks.Row chunk(int seq, int fromS, int toS) {
    return chunk(seq, fromS, toS, "w1", "interval");
  }

  private static StoredChunks.Row chunk(
      int seq, int fromS, int toS, String window, @Nullable String reason) {
    return new StoredChunks.Row(seq, window, reason, 10, at(fromS), at(toS), seq == 0, 100);
  }

  private static StoredChunks.Row empty(int seq) {
    return new StoredChunks.Row(seq, "w1", "marker", 0, null, null, false, 20);
  }

  private static RecordingCoverage of(StoredChunks.Row... chunks) {
    return new RecordingCoverage(Arrays.asList(chunks), Set.of(), at(0));
  }

  @Test
  void aRecordingWithoutChunksLacksNothing() {
    RecordingCoverage coverage = of();

    assertThat(coverage.gaps()).isEmpty();
    assertThat(coverage.idlePeriods()).isEmpty();
    assertThat(coverage.chunksExpected()).isZero();
  }

  @Test
  void aCompleteRecordingHasNoGap() {
    RecordingCoverage coverage = of(chunk(0, 0, 9), chunk(1, 10, 19), chunk(2, 20, 29));

    assertThat(coverage.gaps()).isEmpty();
    assertThat(coverage.chunksExpected()).isEqualTo(3);
  }

  @Test
  void numbersThatAreMissingAreAGapBetweenTheirNeighbours() {
    RecordingCoverage coverage = of(chunk(0, 0, 9), chunk(3, 40, 49));

    assertThat(coverage.gaps())
        .containsExactly(new Gap("w1", 0, 3, at(9), at(40), RecordingCoverage.NOT_RECEIVED));
    assertThat(coverage.chunksExpected()).isEqualTo(4);
    assertThat(coverage.idlePeriods()).as("something is missing there, not nothing").isEmpty();
  }

  @Test
  void aMissingBeginningReachesFromTheSessionsStart() {
    assertThat(of(chunk(1, 30, 39)).gaps())
        .containsExactly(new Gap("w1", null, 1, at(0), at(30), RecordingCoverage.NOT_RECEIVED));
  }

  @Test
  void aStartThatCannotBeMeantMakesNoHoursOfGap() {
    RecordingCoverage coverage =
        new RecordingCoverage(List.of(chunk(1, 30, 39)), Set.of(), START.minusSeconds(86_400));

    assertThat(coverage.gaps())
        .containsExactly(new Gap("w1", null, 1, at(30), at(30), RecordingCoverage.NOT_RECEIVED));
  }

  @Test
  void whoseWindowAMissingChunkWasIsNotGuessed() {
    RecordingCoverage coverage = of(chunk(0, 0, 9, "w1", null), chunk(2, 20, 29, "w2", null));

    assertThat(coverage.gaps()).extracting(Gap::windowId).containsOnlyNulls();
  }

  @Test
  void everyWindowCountsForItself() {
    int second = ChunkNumber.SLOT_SIZE;
    RecordingCoverage whole =
        of(chunk(0, 0, 9), chunk(1, 10, 19), chunk(second, 12, 30), chunk(second + 1, 31, 40));
    RecordingCoverage lacking =
        of(chunk(0, 0, 9), chunk(1, 10, 60), chunk(second + 1, 31, 40), chunk(second + 3, 45, 50));

    assertThat(whole.gaps()).isEmpty();
    assertThat(whole.chunksExpected()).isEqualTo(4);
    assertThat(lacking.gaps())
        .containsExactly(
            new Gap("w1", null, second + 1, at(31), at(31), RecordingCoverage.NOT_RECEIVED),
            new Gap("w1", second + 1, second + 3, at(40), at(45), RecordingCoverage.NOT_RECEIVED));
    assertThat(lacking.chunksExpected()).isEqualTo(6);
  }

  @Test
  void whatWasLetGoByPolicyIsToldAndNotMissed() {
    RecordingCoverage coverage =
        new RecordingCoverage(List.of(chunk(2, 700, 709), chunk(4, 720, 729)), Set.of(0, 1), at(0));

    assertThat(coverage.chunksExpected()).isEqualTo(5);
    assertThat(coverage.gaps())
        .containsExactly(
            new Gap(null, null, 2, at(0), at(700), RecordingCoverage.OMITTED),
            new Gap("w1", 2, 4, at(709), at(720), RecordingCoverage.NOT_RECEIVED));
  }

  @Test
  void aSlotThatNobodyUsedIsNotMissing() {
    RecordingCoverage coverage = of(chunk(0, 0, 9), chunk(5 * ChunkNumber.SLOT_SIZE, 10, 19));

    assertThat(coverage.gaps()).isEmpty();
    assertThat(coverage.chunksExpected()).isEqualTo(2);
  }

  @Test
  void aWindowThatOnlySentMarkersMayLackNumbersToo() {
    int second = ChunkNumber.SLOT_SIZE;

    assertThat(of(chunk(0, 0, 9), empty(second + 1)).gaps())
        .containsExactly(
            new Gap(null, null, second + 1, at(0), at(0), RecordingCoverage.NOT_RECEIVED));
  }

  @Test
  void aChunkWithMarkersOnlyIsThereAndHasNoTime() {
    RecordingCoverage complete = of(chunk(0, 0, 9), empty(1), chunk(2, 10, 19));
    RecordingCoverage lacking = of(chunk(0, 0, 9), empty(1), chunk(3, 10, 19));

    assertThat(complete.gaps()).isEmpty();
    assertThat(lacking.gaps())
        .containsExactly(new Gap("w1", 1, 3, at(9), at(10), RecordingCoverage.NOT_RECEIVED));
  }

  @Test
  void theSecondHalfOfALargeChunkComesWithALaterNumber() {
    RecordingCoverage coverage = of(chunk(0, 0, 4), chunk(1, 10, 19), chunk(2, 5, 9));

    assertThat(coverage.gaps()).isEmpty();
    assertThat(coverage.idlePeriods()).isEmpty();
  }

  @Test
  void aGapNeverEndsBeforeItBegins() {
    RecordingCoverage coverage = of(chunk(0, 0, 20), chunk(2, 10, 19));

    assertThat(coverage.gaps())
        .containsExactly(new Gap("w1", 0, 2, at(20), at(20), RecordingCoverage.NOT_RECEIVED));
  }

  @Test
  void silenceWithNothingMissingIsIdle() {
    RecordingCoverage coverage = of(chunk(0, 0, 9), chunk(1, 60, 69), chunk(2, 73, 80));

    assertThat(coverage.idlePeriods()).containsExactly(new IdlePeriod(at(9), at(60)));
    assertThat(coverage.gaps()).isEmpty();
  }

  @Test
  void nobodyIsIdleWhileAnotherWindowRecords() {
    RecordingCoverage coverage =
        of(
            chunk(0, 0, 9, "w1", "interval"),
            chunk(1, 8, 55, "w2", "interval"),
            chunk(2, 58, 70, "w1", "interval"));

    assertThat(coverage.idlePeriods()).isEmpty();
  }

  @Test
  void whoLeavesTheSiteAndComesBackLeavesAGap() {
    RecordingCoverage coverage = of(chunk(0, 0, 9, "w1", "pagehide"), chunk(1, 60, 69));

    assertThat(coverage.gaps())
        .containsExactly(new Gap("w1", 0, 1, at(9), at(60), RecordingCoverage.PAGE_LEFT));
    assertThat(coverage.idlePeriods()).isEmpty();
  }

  @Test
  void aPageThatLoadsForTwoSecondsIsNoGap() {
    assertThat(of(chunk(0, 0, 9, "w1", "pagehide"), chunk(1, 11, 20)).gaps()).isEmpty();
  }

  @Test
  void aStoppedRecordingIsAGapWithThatReason() {
    assertThat(of(chunk(0, 0, 9, "w1", "stop"), chunk(1, 60, 69)).gaps())
        .extracting(Gap::reason)
        .containsExactly(RecordingCoverage.STOPPED);
  }

  @Test
  void manyHolesAndManyChunksWithoutEventsAreLookedAtOnceEach() {
    List<StoredChunks.Row> chunks = new ArrayList<>();
    chunks.add(chunk(0, 0, 1));
    for (int i = 1; i <= 30_000; i++) {
      chunks.add(i % 2 == 0 ? empty(2 * i) : chunk(2 * i, 10 * i, 10 * i + 1));
    }

    RecordingCoverage coverage =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> new RecordingCoverage(chunks, Set.of(), at(0)));

    assertThat(coverage.gaps()).hasSize(30_000);
    assertThat(coverage.idlePeriods()).isEmpty();
  }

  @Test
  void markersWithoutEventsBeforeEachHoleAreNotWalked() {
    List<StoredChunks.Row> chunks = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      chunks.add(empty(2 * i));
    }
    chunks.add(chunk(60_001, 10, 20));

    RecordingCoverage coverage =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> new RecordingCoverage(chunks, Set.of(), at(0)));

    assertThat(coverage.gaps()).hasSize(30_000);
  }
}
