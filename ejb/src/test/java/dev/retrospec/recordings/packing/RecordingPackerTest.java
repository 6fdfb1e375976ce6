package dev.retrospec.recordings.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactInfo;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.artifacts.OrphanSweep;
import dev.retrospec.artifacts.s3.S3ArtifactStore;
import dev.retrospec.fixture.RrwebFixture;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.RecordingData;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.SpoolConfig;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.testing.TestObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingPackerTest {

  private static final S3ArtifactStore S3 = new S3ArtifactStore(TestObjectStore.get().newBucket());
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LONG_AGO = Duration.ofHours(1);
  private static final int BLOCK = 100_000;
  private static final SpoolConfig CONFIG =
      new SpoolConfig(1_000_000, BLOCK, Duration.ofSeconds(60), Duration.ofMinutes(10));

  private final TestDatabase database = TestDatabase.get();
  private final RecordingFixture recordings = new RecordingFixture();
  private final SettableClock clock = new SettableClock(NOW);
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();

  @BeforeEach
  void emptySpool() {
    recordings.emptySpool();
  }

  private RecordingPacker packer(ArtifactStore store) {
    return new RecordingPacker(database.jdbi(), store, clock, new SimpleMeterRegistry(), CONFIG);
  }

  private RecordingTimeline timeline(ArtifactStore store) {
    return new RecordingTimeline(database.jdbi(), store, RecordingFixture.keys(), new ChunkCodec());
  }

  private void spool(SessionId session, int seq, Duration age) {
    recordings.spool(project, session, seq, NOW.minus(age), RrwebFixture.events(20_000, 7L + seq));
  }

  @Test
  void movesChunksIntoABlockFromWhichTheyReadTheSame() {
    SessionId other = SessionId.mint();
    for (int seq = 0; seq < 3; seq++) {
      spool(session, seq, LONG_AGO);
      spool(other, seq, LONG_AGO);
    }
    byte[] before = timeline(S3).zstd(project, session, new ChunkNumber(1)).orElseThrow();

    assertThat(packer(S3).pack()).isEqualTo(6);

    assertThat(recordings.spooled(project, session)).isEmpty();
    assertThat(recordings.packed(project, session)).containsExactly(0, 1, 2);
    assertThat(recordings.blocks(project, session))
        .hasSize(1)
        .isEqualTo(recordings.blocks(project, other))
        .allSatisfy(key -> assertThat(key).startsWith("blocks/2026/03/01/12/"));
    assertThat(timeline(S3).zstd(project, session, new ChunkNumber(1))).contains(before);
    assertThat(timeline(S3).zstd(project, other, new ChunkNumber(2))).isPresent();
  }

  @Test
  void writesAsManyBlocksAsItTakes() {
    for (int seq = 0; seq < 30; seq++) {
      spool(session, seq, LONG_AGO);
    }

    packer(S3).pack();

    assertThat(recordings.packed(project, session)).hasSize(30);
    List<String> blocks = recordings.blocks(project, session);
    assertThat(blocks).hasSizeGreaterThan(1);
    for (String block : blocks) {
      assertThat(S3.info(new ArtifactKey(block)).orElseThrow().sizeBytes())
          .isLessThanOrEqualTo(BLOCK);
    }
    assertThat(timeline(S3).zstd(project, session, new ChunkNumber(29))).isPresent();
  }

  @Test
  void leavesWhatIsYoungForALargerBlock() {
    spool(session, 0, Duration.ofMinutes(9));

    packer(S3).pack();
    assertThat(recordings.spooled(project, session)).containsExactly(0);

    clock.pass(Duration.ofMinutes(1));
    packer(S3).pack();
    assertThat(recordings.packed(project, session)).containsExactly(0);
  }

  @Test
  void nothingIsLostWhileTheStoreIsAway() {
    MemoryArtifactStore store = new MemoryArtifactStore();
    RecordingPacker packer = packer(store);
    spool(session, 0, LONG_AGO);

    store.away(true);
    assertThat(packer.pack()).isZero();
    assertThat(packer.pack()).isZero();
    assertThat(recordings.spooled(project, session)).containsExactly(0);
    assertThat(timeline(store).zstd(project, session, new ChunkNumber(0))).isPresent();

    store.away(false);
    assertThat(packer.pack()).isEqualTo(1);
    assertThat(timeline(store).zstd(project, session, new ChunkNumber(0))).isPresent();
  }

  @Test
  void aCrashBetweenObjectAndRowLeavesAnObjectForTheSweep() {
    MemoryArtifactStore store = new MemoryArtifactStore(clock);
    spool(session, 0, LONG_AGO);
    RecordingPacker crashing =
        packer(
            new Watched(store) {
              @Override
              public void put(ArtifactKey key, List<byte[]> pieces, String contentType) {
                super.put(key, pieces, contentType);
                throw new IllegalStateException("the node died");
              }
            });

    assertThatThrownBy(crashing::pack).hasMessage("the node died");
    assertThat(recordings.spooled(project, session)).containsExactly(0);

    assertThat(packer(store).pack()).isEqualTo(1);
    assertThat(keys(store)).hasSize(2);
    RecordingData data = new RecordingData(database.jdbi(), store);
    OrphanSweep sweep = new OrphanSweep(store, List.of(data), clock);
    assertThat(sweep.run()).as("what is young may still get its row").isZero();
    clock.pass(Duration.ofHours(7));
    assertThat(sweep.run()).isEqualTo(1);
    assertThat(keys(store)).hasToString(recordings.blocks(project, session).toString());
  }

  @Test
  void manyPackersMoveEveryChunkOnce() throws Exception {
    MemoryArtifactStore store = new MemoryArtifactStore();
    List<SessionId> sessions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sessions.add(SessionId.mint());
      for (int seq = 0; seq < 3; seq++) {
        spool(sessions.get(i), seq, LONG_AGO);
      }
    }
    int moved = 0;
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> packers = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        packers.add(() -> packer(store).pack());
      }
      for (Future<Integer> outcome : nodes.invokeAll(packers)) {
        moved += outcome.get();
      }
    } finally {
      nodes.shutdown();
    }
    // A packer that finds all claimed goes home; what was claimed then is packed by its owner.
    moved += packer(store).pack();

    assertThat(moved).isEqualTo(60);
    for (SessionId each : sessions) {
      assertThat(recordings.packed(project, each)).containsExactly(0, 1, 2);
      assertThat(timeline(store).zstd(project, each, new ChunkNumber(2))).isPresent();
    }
  }

  @Test
  void aPackerThatIsOvertakenMovesNothingAndItsBlockIsSwept() {
    MemoryArtifactStore store = new MemoryArtifactStore();
    spool(session, 0, LONG_AGO);
    int[] movedByOther = {0};
    RecordingPacker slow =
        packer(
            new Watched(store) {
              @Override
              public void put(ArtifactKey key, List<byte[]> pieces, String contentType) {
                clock.pass(Duration.ofMinutes(6));
                movedByOther[0] = packer(store).pack();
                super.put(key, pieces, contentType);
              }
            });

    assertThat(slow.pack()).isZero();

    assertThat(movedByOther[0]).isEqualTo(1);
    assertThat(keys(store)).hasSize(2);
    new RecordingData(database.jdbi(), store).sweep(NOW);
    assertThat(keys(store)).hasToString(recordings.blocks(project, session).toString());
    assertThat(timeline(store).zstd(project, session, new ChunkNumber(0))).isPresent();
  }

  @Test
  void aSessionThatIsErasedMeanwhileIsNotBroughtBack() {
    MemoryArtifactStore store = new MemoryArtifactStore();
    SessionId staying = SessionId.mint();
    spool(session, 0, LONG_AGO);
    spool(staying, 0, LONG_AGO);
    RecordingPacker packer =
        packer(
            new Watched(store) {
              @Override
              public void put(ArtifactKey key, List<byte[]> pieces, String contentType) {
                new RecordingData(database.jdbi(), store).deleteRows(project, Set.of(session));
                super.put(key, pieces, contentType);
              }
            });

    assertThat(packer.pack()).isEqualTo(1);

    assertThat(recordings.packed(project, session)).isEmpty();
    assertThat(timeline(store).zstd(project, session, new ChunkNumber(0))).isEmpty();
    assertThat(timeline(store).zstd(project, staying, new ChunkNumber(0))).isPresent();
  }

  @Test
  void aChunkWithoutPayloadIsGivenUpAndHoldsNobodyUp() {
    spool(session, 0, LONG_AGO);
    spool(session, 1, LONG_AGO);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "delete from recording_payload where session_id = ? and seq = 0", session));

    assertThat(packer(S3).pack()).isEqualTo(1);

    assertThat(recordings.packed(project, session)).containsExactly(1);
    assertThat(recordings.spooled(project, session)).isEmpty();
    assertThat(timeline(S3).zstd(project, session, new ChunkNumber(1))).isPresent();
  }

  private static Set<ArtifactKey> keys(ArtifactStore store) {
    Set<ArtifactKey> keys = new HashSet<>();
    store.list("", info -> keys.add(info.key()));
    return keys;
  }

  /** Passes everything on; a test overrides what it wants to watch. */
  private static class Watched implements ArtifactStore {

    private final ArtifactStore store;

    Watched(ArtifactStore store) {
      this.store = store;
    }

    @Override
    public void put(ArtifactKey key, List<byte[]> pieces, String contentType) {
      store.put(key, pieces, contentType);
    }

    @Override
    public Optional<ArtifactInfo> info(ArtifactKey key) {
      return store.info(key);
    }

    @Override
    public Optional<ArtifactContent> open(ArtifactKey key) {
      return store.open(key);
    }

    @Override
    public Optional<ArtifactContent> open(ArtifactKey key, ByteRange range) {
      return store.open(key, range);
    }

    @Override
    public Optional<byte[]> read(ArtifactKey key, ByteRange range) {
      return store.read(key, range);
    }

    @Override
    public void delete(ArtifactKey key) {
      store.delete(key);
    }

    @Override
    public void list(String prefix, Consumer<ArtifactInfo> each) {
      store.list(prefix, each);
    }
  }
}
