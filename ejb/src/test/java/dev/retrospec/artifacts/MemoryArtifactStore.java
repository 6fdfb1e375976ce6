package dev.retrospec.artifacts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The store for tests of others: objects in a map, and it can be {@link #away}. */
public final class MemoryArtifactStore implements ArtifactStore {

  private final Map<ArtifactKey, Stored> objects = new ConcurrentSkipListMap<>();
  private final Clock clock;
  private volatile boolean away;
  private volatile Runnable beforePut = () -> {};

  private record Stored(byte[] bytes, String contentType, Instant at) {}

  public MemoryArtifactStore() {
    this(Clock.systemUTC());
  }

  public MemoryArtifactStore(Clock clock) {
    this.clock = clock;
  }

  /** What happens elsewhere whenever something is about to be stored. */
  public void beforePut(Runnable act) {
    beforePut = act;
  }

  /** Whether every call fails from now on. */
  public void away(boolean isAway) {
    away = isAway;
  }

  @Override
  public void put(ArtifactKey key, List<byte[]> pieces, String contentType) {
    reach();
    beforePut.run();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    pieces.forEach(content::writeBytes);
    objects.put(key, new Stored(content.toByteArray(), contentType, clock.instant()));
  }

  @Override
  public Optional<ArtifactInfo> info(ArtifactKey key) {
    reach();
    return Optional.ofNullable(objects.get(key)).map(stored -> infoOf(key, stored));
  }

  @Override
  public Optional<ArtifactContent> open(ArtifactKey key) {
    return open(key, ByteRange.from(0));
  }

  @Override
  public Optional<ArtifactContent> open(ArtifactKey key, ByteRange range) {
    reach();
    return Optional.ofNullable(objects.get(key))
        .map(
            stored -> {
              byte[] part = part(stored.bytes, range);
              return new ArtifactContent(
                  new ByteArrayInputStream(part),
                  range.offset(),
                  part.length,
                  stored.bytes.length,
                  stored.contentType);
            });
  }

  @Override
  public Optional<byte[]> read(ArtifactKey key, ByteRange range) {
    reach();
    return Optional.ofNullable(objects.get(key)).map(stored -> part(stored.bytes, range));
  }

  @Override
  public void delete(ArtifactKey key) {
    reach();
    objects.remove(key);
  }

  @Override
  public void list(String prefix, Consumer<ArtifactInfo> each) {
    reach();
    objects.forEach(
        (key, stored) -> {
          if (key.value().startsWith(prefix)) {
            each.accept(infoOf(key, stored));
          }
        });
  }

  private void reach() {
    if (away) {
      throw new ArtifactStoreUnavailable(null);
    }
  }

  private static ArtifactInfo infoOf(ArtifactKey key, Stored stored) {
    return new ArtifactInfo(key, stored.bytes.length, stored.at);
  }

  private static byte[] part(byte[] bytes, ByteRange range) {
    int from = (int) Math.min(bytes.length, range.offset());
    int to = (int) Math.min(bytes.length, range.last() + 1);
    return Arrays.copyOfRange(bytes, from, Math.max(from, to));
  }
}
