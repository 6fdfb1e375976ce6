package dev.retrospec.sourcemaps;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.OwnedObjects;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.sourcemaps.symbols.SourceMap;
import dev.retrospec.sourcemaps.symbols.SourceMapReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/** The objects of maps: {@code sourcemaps/<project>/<hash>-<random>}, JSON in gzip. */
@ApplicationScoped
public class SourceMapObjects implements OwnedObjects {

  private static final String PREFIX = "sourcemaps/";

  private final SourceMapRows rows;
  private final ArtifactStore store;

  @Inject
  SourceMapObjects(SourceMapRows rows, ArtifactStore store) {
    this.rows = rows;
    this.store = store;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SourceMapObjects() {
    this(null, null);
  }

  /** A new one for each time, because a sweep may be deleting the last one's object. */
  static ArtifactKey key(ProjectId project, ContentHash hash) {
    return ArtifactKey.of(PREFIX + project.value(), hash.hex() + "-" + UUID.randomUUID());
  }

  /** Reads a map that is kept; empty when its object is gone. Call it without a transaction. */
  public Optional<SourceMap> open(ArtifactKey key) {
    Optional<ArtifactContent> found = store.open(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (ArtifactContent content = found.get();
        GZIPInputStream json = new GZIPInputStream(content.stream())) {
      return Optional.of(SourceMapReader.read(json).open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    return rows.known(keys);
  }
}
