package dev.retrospec.recordings.packing;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.recordings.RecordingData;
import dev.retrospec.recordings.SpoolConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves recordings from the spool into blocks in the object store. A block is put first and
 * committed after: a crash in between leaves an object without a row, which the sweep removes, and
 * the chunks still in the spool. Several nodes may pack at once. Call it without a transaction.
 *
 * <p>The payload of a packed chunk stays where it is until its hour is dropped, see {@link
 * RecordingPartitions}: deleting it would cost as much as writing it did.
 */
@ApplicationScoped
public class RecordingPacker {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingPacker.class);

  private static final String TYPE = "application/octet-stream";

  /** By time, so that a person finds a day's blocks; in UTC. */
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/HH").withZone(ZoneOffset.UTC);

  private final Spool spool;
  private final ArtifactStore store;
  private final Clock clock;
  private final MeterRegistry meters;
  private final SpoolConfig config;
  private final PackingPolicy policy;
  private volatile boolean storeWasAway;

  @Inject
  public RecordingPacker(
      Jdbi jdbi, ArtifactStore store, Clock clock, MeterRegistry meters, Settings settings) {
    this(jdbi, store, clock, meters, SpoolConfig.from(settings));
  }

  public RecordingPacker(
      Jdbi jdbi, ArtifactStore store, Clock clock, MeterRegistry meters, SpoolConfig config) {
    this.spool = new Spool(jdbi);
    this.store = store;
    this.clock = clock;
    this.meters = meters;
    this.config = config;
    this.policy = new PackingPolicy(config);
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingPacker() {
    this(null, null, null, null, SpoolConfig.DEFAULT);
  }

  /**
   * Writes blocks until nothing is left that should be packed now. While the store is away it does
   * nothing, and everything stays in the spool.
   *
   * @return how many chunks were moved
   */
  public int pack() {
    int moved = 0;
    try {
      int block = packOne();
      while (block > 0) {
        moved += block;
        block = packOne();
      }
      if (moved > 0 && storeWasAway) {
        storeWasAway = false;
        LOG.info("The object store answers again, {} chunks packed", moved);
      }
    } catch (ArtifactStoreUnavailable e) {
      meters.counter("retrospec.blocks.failed").increment();
      if (!storeWasAway) {
        storeWasAway = true;
        LOG.warn("Recordings stay in the spool until the object store answers", e);
      }
    }
    return moved;
  }

  /** Zero when there is nothing to do, or another node does it. */
  private int packOne() {
    Instant now = clock.instant();
    List<SpooledSession> chosen = policy.nextBlock(spool.sessions(now), now);
    if (chosen.isEmpty()) {
      return 0;
    }
    List<SpooledSession> claimed = spool.claim(chosen, now);
    try {
      return write(oneBlock(spool.entries(claimed)), now);
    } finally {
      spool.release(claimed);
    }
  }

  private List<Spool.Entry> oneBlock(List<Spool.Entry> entries) {
    List<Spool.Entry> fitting = new ArrayList<>();
    long bytes = 0;
    for (Spool.Entry entry : entries) {
      if (!fitting.isEmpty() && bytes + entry.storedBytes() > config.blockBytes()) {
        break;
      }
      fitting.add(entry);
      bytes += entry.storedBytes();
    }
    return fitting;
  }

  private int write(List<Spool.Entry> entries, Instant now) {
    List<byte[]> block = new ArrayList<>();
    List<Spool.Packed> packed = new ArrayList<>();
    List<Spool.Entry> lost = new ArrayList<>();
    spool.payloads(
        entries,
        (entry, payload) -> {
          if (payload == null || payload.length != entry.storedBytes()) {
            lost.add(entry);
          } else {
            packed.add(new Spool.Packed(entry, endOf(packed)));
            block.add(payload);
          }
        });
    if (!lost.isEmpty()) {
      int givenUp = spool.forget(lost);
      // The others were let go meanwhile with their rows: by an erasure, or as too old for a ring.
      if (givenUp > 0) {
        LOG.error("{} spooled chunks have no payload and are given up: {}", givenUp, lost);
      }
    }
    if (packed.isEmpty()) {
      return 0;
    }
    ArtifactKey key =
        new ArtifactKey(RecordingData.BLOCKS + HOUR.format(now) + "/" + UUID.randomUUID());
    store.put(key, block, TYPE);
    int moved = spool.move(key, endOf(packed), packed);
    meters.counter("retrospec.blocks").increment();
    meters.counter("retrospec.blocks.bytes").increment(endOf(packed));
    return moved;
  }

  private static long endOf(List<Spool.Packed> packed) {
    return packed.isEmpty() ? 0 : packed.get(packed.size() - 1).end();
  }
}
