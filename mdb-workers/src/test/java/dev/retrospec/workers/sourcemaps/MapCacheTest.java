package dev.retrospec.workers.sourcemaps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.sourcemaps.symbols.SourceMap;
import dev.retrospec.sourcemaps.symbols.SourceMapReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MapCacheTest {

  private static final ArtifactKey APP = new ArtifactKey("maps/app");
  private static final ArtifactKey VENDOR = new ArtifactKey("maps/vendor");

  private final List<ArtifactKey> read = new ArrayList<>();

  @Test
  void aMapThatIsLargerThanTheCacheIsReadOnceForTheFramesOfAStack() {
    MapCache cache = cacheOf(1);

    cache.get(APP);
    cache.get(APP);

    assertThat(read).containsExactly(APP);
  }

  @Test
  void aMapThatIsLargerThanTheCacheGivesWayToTheNext() {
    MapCache cache = cacheOf(1);

    cache.get(APP);
    cache.get(VENDOR);

    assertThat(cache.size()).isEqualTo(1);
    cache.get(APP);
    assertThat(read).containsExactly(APP, VENDOR, APP);
  }

  @Test
  void whatWasReadLatelyStaysWhileThereIsRoom() {
    MapCache cache = cacheOf(1 << 20);

    cache.get(APP);
    cache.get(VENDOR);
    cache.get(APP);

    assertThat(read).containsExactly(APP, VENDOR);
  }

  private MapCache cacheOf(long bytes) {
    return new MapCache(
        key -> {
          read.add(key);
          return Optional.of(aMap());
        },
        bytes);
  }

  private static SourceMap aMap() {
    byte[] file =
        "{\"version\":3,\"sources\":[\"src/cart.ts\"],\"names\":[],\"mappings\":\"UACE\"}"
            .getBytes(StandardCharsets.UTF_8);
    try {
      return SourceMapReader.read(new ByteArrayInputStream(file)).open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
