package dev.retrospec.recordings.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.SpoolConfig;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingPartitionsTest {

  private final TestDatabase database = TestDatabase.get();
  private final RecordingFixture recordings = new RecordingFixture();
  private final MemoryArtifactStore store = new MemoryArtifactStore();

  private final Instant hour = Instant.parse("2040-01-01T00:00:00Z");
  private final SettableClock clock = new SettableClock(hour.plusSeconds(90));
  private final RecordingPartitions partitions = new RecordingPartitions(database.jdbi(), clock);
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();

  @BeforeEach
  void emptySpool() {
    recordings.emptySpool();
  }

  @AfterEach
  void dropHours() {
    recordings.emptySpool();
    partitions.hours().forEach(partitions::dropIfPacked);
  }

  private void spool(int seq) {
    recordings.spool(project, session, seq, clock.instant(), RecordingFixture.events(1L + seq));
  }

  private void pack() {
    SettableClock later = new SettableClock(clock.instant().plus(Duration.ofHours(1)));
    new RecordingPacker(
            database.jdbi(), store, later, new SimpleMeterRegistry(), SpoolConfig.DEFAULT)
        .pack();
    assertThat(recordings.spooled(project, session)).isEmpty();
  }

  private boolean isReadable(int seq) {
    return new RecordingTimeline(database.jdbi(), store, RecordingFixture.keys(), new ChunkCodec())
        .zstd(project, session, new ChunkNumber(seq))
        .isPresent();
  }

  /** The tables in which the session's payloads stand. */
  private List<String> tables() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select tableoid::regclass::text from recording_payload"
                            + " where session_id = :session order by seq")
                    .bind("session", session)
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void makesThisHourAndSomeAhead() {
    partitions.maintain();
    partitions.maintain();

    assertThat(partitions.hours()).contains(hour, hour.plus(Duration.ofHours(6)));
    spool(0);
    assertThat(tables()).hasSize(1).doesNotContain("recording_payload_default");
  }

  @Test
  void dropsAnHourWhenAllOfItIsPacked() {
    partitions.maintain();
    spool(0);
    clock.pass(Duration.ofHours(1));
    spool(1);

    clock.pass(Duration.ofMinutes(10));
    partitions.maintain();
    assertThat(partitions.hours()).as("it holds what is not packed").contains(hour);

    pack();
    partitions.maintain();
    assertThat(partitions.hours()).doesNotContain(hour).contains(hour.plus(Duration.ofHours(1)));
    assertThat(isReadable(0)).isTrue();
    assertThat(isReadable(1)).isTrue();
  }

  @Test
  void keepsAnHourForTheRequestsThatAreStillUnderWay() {
    partitions.maintain();

    clock.pass(Duration.ofMinutes(62));
    partitions.maintain();
    assertThat(partitions.hours()).contains(hour);

    clock.pass(Duration.ofMinutes(4));
    partitions.maintain();
    assertThat(partitions.hours()).doesNotContain(hour);
  }

  @Test
  void anHourThatBeganWithoutAPartitionStaysInTheDefaultOneUntilPacked() {
    spool(0);
    partitions.maintain();

    assertThat(partitions.hours()).doesNotContain(hour).contains(hour.plus(Duration.ofHours(1)));
    assertThat(tables()).containsExactly("recording_payload_default");
    assertThat(isReadable(0)).isTrue();

    pack();
    partitions.maintain();
    assertThat(tables()).isEmpty();
    assertThat(partitions.hours()).contains(hour);
    assertThat(isReadable(0)).isTrue();
  }

  @Test
  void uploadsGoOnWhileTwoNodesLookAfterTheHours() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int node = 0; node < 2; node++) {
        work.add(
            () -> {
              partitions.maintain();
              clock.pass(Duration.ofMinutes(70));
              partitions.maintain();
              return true;
            });
        int first = 100 * node;
        work.add(
            () -> {
              for (int seq = first; seq < first + 20; seq++) {
                spool(seq);
              }
              return true;
            });
      }
      for (Future<Boolean> outcome : threads.invokeAll(work)) {
        assertThat(outcome.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    partitions.maintain();

    assertThat(recordings.spooled(project, session)).hasSize(40);
    assertThat(tables()).as("a payload for every chunk").hasSize(40);
    assertThat(isReadable(0)).isTrue();
    assertThat(isReadable(119)).isTrue();
  }
}
