package dev.retrospec.sourcemaps;

import dev.retrospec.artifacts.ArtifactInfo;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.DebugId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SourceMapId;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.sourcemaps.SourceMapUpload.Uploaded;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** All that keeps source maps, on the tests' database, put together as the container does it. */
public final class MapShelf {

  public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  public static final String ID = "85314830-023f-4cf1-a267-535f4e37bb17";

  /** Column 11 of the first line is {@code src/cart.ts} 2:3. */
  public static final String MAP =
      "{\"version\":3,\"sources\":[\"webpack://shop/./src/cart.ts\"],"
          + "\"sourcesContent\":[\"const secret = 1\"],\"names\":[],\"mappings\":\"UACE\"}";

  public final TestDatabase database = TestDatabase.get();
  public final Jdbi jdbi = database.jdbi();
  public final SettableClock clock;
  public final ArtifactStore store;
  public final Outbox outbox;
  public final SourceMaps maps = new SourceMaps(jdbi);
  public final MeterRegistry meters = new SimpleMeterRegistry();
  public final OriginalStacks stacks;
  public final ProjectsWithMaps projects;
  public final SourceMapObjects objects;
  public final SourceMapUpload upload;
  public final SourceMapData data;
  public final ProjectId project;

  public MapShelf() {
    this(TestDatabase.get().newProject(), new SettableClock(NOW));
  }

  public MapShelf(ProjectId project, SettableClock clock) {
    this(project, new MemoryArtifactStore(), SourceMapConfig.DEFAULT, clock);
  }

  public MapShelf(
      ProjectId project, ArtifactStore store, SourceMapConfig config, SettableClock clock) {
    this.project = project;
    this.store = store;
    this.clock = clock;
    outbox = new Outbox(database, clock, Map.of());
    stacks = new OriginalStacks(jdbi, config, meters);
    SourceMapRows rows = new SourceMapRows(jdbi);
    projects = new ProjectsWithMaps(maps, clock);
    objects = new SourceMapObjects(rows, store);
    data = new SourceMapData(rows, stacks, store, config, clock);
    upload =
        new SourceMapUpload(
            new SourceMapWrites(rows, maps, stacks, outbox.queue, config, clock), projects, store);
  }

  public Uploaded put(@Nullable String debugId, @Nullable String release, @Nullable String url) {
    return put(debugId, release, url, MAP);
  }

  public Uploaded put(
      @Nullable String debugId, @Nullable String release, @Nullable String url, String map) {
    NewSourceMap told =
        new NewSourceMap(debugId == null ? null : new DebugId(debugId), release, url);
    return database.inTransaction(
        () -> {
          try {
            return upload.accept(
                project, told, new ByteArrayInputStream(map.getBytes(StandardCharsets.UTF_8)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  public void delete(SourceMapId id) {
    database.inTransaction(() -> upload.delete(project, id));
  }

  /** The project's. */
  public List<ArtifactInfo> stored() {
    List<ArtifactInfo> found = new ArrayList<>();
    store.list("sourcemaps/" + project.value() + "/", found::add);
    return found;
  }

  public List<SourceMapView> listed(@Nullable String release) {
    return maps.list(project, release, null, 100).items();
  }
}
