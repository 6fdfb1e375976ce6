package dev.retrospec.workers.moments;

import static dev.retrospec.recordings.RecordingFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Recordings of a chunk each five seconds. */
class MarkerMomentsTest {

  private static final long CHUNK_MS = 5_000;

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final RecordingFixture recording = new RecordingFixture();
  private final MarkerMoments moments =
      new MarkerMoments(
          new RecordingTimeline(
              database.jdbi(),
              new MemoryArtifactStore(),
              RecordingFixture.keys(),
              new ChunkCodec()),
          new ChunkCodec());

  @Test
  void theLastOfManyMarkersIsReadBeforeWhatLedToTheFirstOnes() {
    recorded(280, 1);

    Found found = in(windows(11, 120_000));

    assertThat(found.read()).hasSize(11);
    assertThat(found.complete()).isTrue();
    assertThat(found.moments()).anyMatch(moment -> moment.atMs() >= 1_320_000);
  }

  @Test
  void whatIsReadIsToldByWindowAndWithoutGaps() {
    recorded(12, 1);

    assertThat(in(List.of(new ReplayWindow(1_000, 6_000), new ReplayWindow(41_000, 46_000))).read())
        .containsExactly(new Stretch(0, 0, 9_900), new Stretch(0, 30_000, 49_900));
  }

  @Test
  void aChunkOfWhichMomentsAreLeftOutWasNotRead() {
    recorded(3, 2_000);

    Found found = in(List.of(new ReplayWindow(0, 15_000)));

    assertThat(found.complete()).isFalse();
    assertThat(found.moments()).hasSize(MarkerMoments.MAX_MOMENTS);
    assertThat(found.read()).containsExactly(new Stretch(0, 0, 9_900));
  }

  @Test
  void theWindowThatMattersIsReadWhateverBecomesOfTheOthers() {
    recorded(70, 1);
    List<ReplayWindow> windows = windows(23, 15_000);
    ReplayWindow last = windows.get(22);

    Found found = moments.in(session(), windows, List.of(last));

    assertThat(found.complete()).isFalse();
    assertThat(found.read()).anyMatch(stretch -> stretch.overlaps(last.startMs(), last.endMs()));
    assertThat(found.moments()).anyMatch(moment -> moment.atMs() >= last.startMs());
    assertThat(in(windows).read())
        .as("where none matters most, the last ones are left out")
        .noneMatch(stretch -> stretch.overlaps(last.startMs(), last.endMs()));
  }

  @Test
  void aPageInALoopLeavesRoomForTheWindowThatMatters() {
    recorded(60, 400);
    ReplayWindow last = new ReplayWindow(280_000, 295_000);

    Found found = moments.in(session(), List.of(new ReplayWindow(0, 200_000), last), List.of(last));

    assertThat(found.complete()).isFalse();
    assertThat(found.moments()).filteredOn(moment -> moment.atMs() >= 280_000).hasSize(1_200);
  }

  private Found in(List<ReplayWindow> windows) {
    return moments.in(session(), windows);
  }

  private SessionView session() {
    return new SessionQueries(database.jdbi()).find(project, session).orElseThrow();
  }

  private static List<ReplayWindow> windows(int count, long apartMs) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(number -> new ReplayWindow(number * apartMs - 10_000, number * apartMs + 5_000))
        .toList();
  }

  /** Each twelfth chunk has a full snapshot. */
  private void recorded(int chunks, int clicks) {
    for (int chunk = 0; chunk < chunks; chunk++) {
      recording.spool(
          project,
          session,
          chunk,
          START,
          events(chunk * CHUNK_MS, chunk % 12 == 6 || chunk == 0, clicks));
    }
  }

  private static String events(long fromMs, boolean full, int clicks) {
    String first = event(full ? 2 : 3, "{}", fromMs);
    String last = event(3, "{}", fromMs + 4_900);
    return IntStream.range(0, clicks)
        .mapToObj(
            click -> event(3, "{\"source\":2,\"type\":2,\"id\":9,\"x\":1,\"y\":1}", fromMs + 1_000))
        .collect(Collectors.joining(",", "[" + first + ",", "," + last + "]"));
  }

  private static String event(int type, String data, long atMs) {
    return "{\"type\":%d,\"data\":%s,\"timestamp\":%d}"
        .formatted(type, data, START.toEpochMilli() + atMs);
  }
}
