package dev.retrospec.recordings;

import static dev.retrospec.recordings.RecordingFixture.START;
import static dev.retrospec.recordings.RecordingFixture.custom;
import static dev.retrospec.recordings.RecordingFixture.events;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.IndexedEvent.Kind;
import dev.retrospec.recordings.RecordingManifest.PageVisit;
import dev.retrospec.recordings.packing.RecordingPacker;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingTimelineTest {

  private static final Instant RECEIVED = START.plusSeconds(1);

  private final TestDatabase database = TestDatabase.get();
  private final RecordingFixture recordings = new RecordingFixture();
  private final MemoryArtifactStore store = new MemoryArtifactStore();
  private final ChunkCodec codec = new ChunkCodec();
  private final RecordingTimeline timeline =
      new RecordingTimeline(database.jdbi(), store, RecordingFixture.keys(), codec);
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();

  @BeforeEach
  void emptySpool() {
    recordings.emptySpool();
  }

  private void spool(int seq, String events) {
    recordings.spool(project, session, seq, RECEIVED, events);
  }

  private void pack() {
    SettableClock later = new SettableClock(RECEIVED.plus(Duration.ofHours(1)));
    new RecordingPacker(
            database.jdbi(), store, later, new SimpleMeterRegistry(), SpoolConfig.DEFAULT)
        .pack();
    assertThat(recordings.spooled(project, session)).isEmpty();
  }

  private String chunk(int seq) throws IOException {
    byte[] zstd = timeline.zstd(project, session, new ChunkNumber(seq)).orElseThrow();
    try (InputStream json = codec.json(zstd)) {
      return new String(json.readAllBytes(), UTF_8);
    }
  }

  private String joined() throws IOException {
    try (InputStream json = timeline.joined(project, session)) {
      return new String(json.readAllBytes(), UTF_8);
    }
  }

  @Test
  void readsAChunkWhereverItIs() throws IOException {
    spool(0, events(0, 10));
    assertThat(chunk(0)).isEqualTo(events(0, 10));

    pack();

    assertThat(chunk(0)).isEqualTo(events(0, 10));
  }

  @Test
  void readsASessionThatIsHalfPacked() throws IOException {
    spool(0, events(0, 10));
    spool(1, events(20, 30));
    pack();
    spool(2, events(40, 50));

    assertThat(timeline.chunks(project, session))
        .extracting(ChunkView::seq)
        .containsExactly(0, 1, 2);
    assertThat(joined())
        .isEqualTo((events(0, 10) + events(20, 30) + events(40, 50)).replace("][", ","));
  }

  @Test
  void readsSeveralChunksAtOnceByTheirNumbers() throws IOException {
    spool(1, events(0, 10));
    spool(2, events(20, 30));
    pack();
    spool(4, events(40, 50));
    spool(5, events(60, 70));

    Map<Integer, byte[]> chunks =
        timeline.zstd(project, session, new ChunkNumber(2), new ChunkNumber(4));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    codec.writeNumbered(chunks, json);

    assertThat(json.toString(UTF_8))
        .isEqualTo(
            "[{\"seq\":2,\"events\":%s},{\"seq\":4,\"events\":%s}]"
                .formatted(events(20, 30), events(40, 50)));
  }

  @Test
  void oneAnswerHoldsAHundredChunksAtMost() throws IOException {
    IntStream.rangeClosed(0, RecordingTimeline.MAX_CHUNKS).forEach(seq -> spool(seq, events(seq)));

    Map<Integer, byte[]> chunks =
        timeline.zstd(project, session, new ChunkNumber(0), new ChunkNumber(ChunkNumber.MAX));

    assertThat(chunks).hasSize(RecordingTimeline.MAX_CHUNKS).doesNotContainKey(100);
    ByteArrayOutputStream none = new ByteArrayOutputStream();
    codec.writeNumbered(Map.of(), none);
    assertThat(none.toString(UTF_8)).isEqualTo("[]");
  }

  @Test
  void chunksComeInTheOrderOfTheirEvents() throws IOException {
    spool(0, events(0, 10));
    spool(1, events(40, 50));
    spool(2, events(20, 30));

    assertThat(timeline.chunks(project, session))
        .extracting(ChunkView::seq)
        .containsExactly(0, 2, 1);
    assertThat(joined())
        .isEqualTo((events(0, 10) + events(20, 30) + events(40, 50)).replace("][", ","));
  }

  @Test
  void tellsWhatThePlayerAsksAboutAChunk() {
    spool(3, events(5, 10, 20));

    ChunkView view = timeline.chunks(project, session).get(0);
    assertThat(view.windowId()).isEqualTo("win_1");
    assertThat(view.firstEventAt()).isEqualTo(START.plusMillis(5));
    assertThat(view.lastEventAt()).isEqualTo(START.plusMillis(20));
    assertThat(view.events()).isEqualTo(3);
    assertThat(view.bytes()).isPositive();
    assertThat(view.hasFullSnapshot()).isTrue();
    assertThat(view.reason()).isEqualTo("interval");
  }

  @Test
  void anUnknownSessionIsEmptyAndAnotherProjectsIs() throws IOException {
    spool(0, events(0));
    ProjectId other = database.newProject();

    assertThat(timeline.zstd(other, session, new ChunkNumber(0))).isEmpty();
    assertThat(timeline.chunks(other, session)).isEmpty();
    assertThat(timeline.zstd(project, session, new ChunkNumber(1))).isEmpty();
    try (InputStream json = timeline.joined(other, session)) {
      assertThat(json.readAllBytes()).isEqualTo("[]".getBytes(UTF_8));
    }
  }

  @Test
  void whatIsInTheStoreIsUnavailableWhileItIsAway() {
    spool(0, events(0));
    pack();
    spool(1, events(10));
    store.away(true);

    assertThat(timeline.zstd(project, session, new ChunkNumber(1))).isPresent();
    assertThatThrownBy(() -> timeline.zstd(project, session, new ChunkNumber(0)))
        .isInstanceOf(ArtifactStoreUnavailable.class);
    assertThatThrownBy(() -> timeline.joined(project, session))
        .as("before the first byte of an answer is sent")
        .isInstanceOf(ArtifactStoreUnavailable.class);
  }

  @Test
  void aBlockThatIsLostIsNotTakenForAnEmptyRecording() {
    spool(0, events(0));
    pack();
    store.delete(new ArtifactKey(recordings.blocks(project, session).get(0)));

    assertThatThrownBy(() -> timeline.zstd(project, session, new ChunkNumber(0)))
        .isInstanceOf(UnreadableRecording.class);
  }

  @Test
  void anErasedRecordingIsEmptyEvenWhereItsBytesRemain() {
    SessionId neighbour = SessionId.mint();
    spool(0, events(0));
    recordings.spool(project, neighbour, 0, RECEIVED, events(0));
    pack();

    new RecordingData(database.jdbi(), store).deleteRows(project, Set.of(session));

    assertThat(timeline.zstd(project, session, new ChunkNumber(0))).isEmpty();
    assertThat(timeline.manifest(project, session, START).chunks()).isEmpty();
    assertThat(timeline.zstd(project, neighbour, new ChunkNumber(0))).isPresent();
  }

  @Test
  void listsWhatWasIndexedByKind() {
    spool(0, custom("rs.console", "{\"level\":\"error\",\"args\":[\"boom\"]}", 10));
    spool(1, custom("rs.navigation", "{\"url\":\"https://shop.example/a\"}", 5));

    List<TimelineEvent> all = timeline.events(project, session, Set.of());
    assertThat(all).extracting(TimelineEvent::kind).containsExactly("navigation", "console");
    TimelineEvent console =
        timeline.events(project, session, Set.of(Kind.CONSOLE, Kind.NETWORK)).get(0);
    assertThat(console.at()).isEqualTo(START.plusMillis(10));
    assertThat(console.level()).isEqualTo("error");
    assertThat(console.text()).isEqualTo("boom");
    assertThat(console.data().get("level").asText()).isEqualTo("error");
  }

  @Test
  void theManifestNamesPagesOnceGapsAndCounts() {
    spool(0, custom("rs.navigation", "{\"url\":\"https://shop.example/a\"}", 0));
    spool(1, custom("rs.navigation", "{\"url\":\"https://shop.example/a\"}", 100));
    spool(3, custom("rs.navigation", "{\"url\":\"https://shop.example/b\"}", 9_000));
    spool(4, "[]");

    RecordingManifest manifest = timeline.manifest(project, session, START);

    assertThat(manifest.pages())
        .containsExactly(
            new PageVisit(START, "https://shop.example/a"),
            new PageVisit(START.plusMillis(9_000), "https://shop.example/b"));
    assertThat(manifest.gaps()).extracting(RecordingManifest.Gap::afterSeq).containsExactly(1);
    assertThat(manifest.chunks()).hasSize(3);
    assertThat(manifest.chunksExpected()).isEqualTo(5);
    assertThat(manifest.chunksReceived()).isEqualTo(4);
  }
}
