package dev.retrospec.workers.sourcemaps;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.sourcemaps.SourceMapObjects;
import dev.retrospec.sourcemaps.symbols.SourceMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Maps that were read lately, bounded by the memory that they take; the last one stays until
 * another is asked for, however large, because the frames of a stack ask for it one by one. An
 * object never changes under its key, so that nothing here grows old.
 */
@ApplicationScoped
public class MapCache {

  private final Function<ArtifactKey, Optional<SourceMap>> read;
  private final long maxBytes;
  private final Map<ArtifactKey, SourceMap> open = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  @Inject
  public MapCache(SourceMapObjects objects, MapCacheConfig config) {
    this(objects::open, config.maxBytes());
  }

  MapCache(Function<ArtifactKey, Optional<SourceMap>> read, long maxBytes) {
    this.read = read;
    this.maxBytes = maxBytes;
  }

  /** For the container's proxy. */
  protected MapCache() {
    this(key -> Optional.empty(), 0);
  }

  /**
   * Empty when the object is gone. One at a time, because two that read large maps at once would
   * need the memory of both.
   */
  public synchronized Optional<SourceMap> get(ArtifactKey key) {
    SourceMap known = open.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SourceMap> found = read.apply(key);
    found.ifPresent(map -> keep(key, map));
    return found;
  }

  private void keep(ArtifactKey key, SourceMap map) {
    open.put(key, map);
    bytes += map.sizeBytes();
    Iterator<SourceMap> eldest = open.values().iterator();
    while (bytes > maxBytes && open.size() > 1) {
      bytes -= eldest.next().sizeBytes();
      eldest.remove();
    }
  }

  synchronized int size() {
    return open.size();
  }
}
