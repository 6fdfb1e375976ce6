package dev.retrospec.sourcemaps;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SourceMapId;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.sourcemaps.SourceMapRows.Content;
import dev.retrospec.sourcemaps.SourceMapRows.Room;
import dev.retrospec.sourcemaps.SourceMapRows.Stored;
import dev.retrospec.sourcemaps.SourceMapUpload.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of an upload. With a map come a job, for the errors that were here before it,
 * and the end of what was known about stacks that lacked one.
 */
@ApplicationScoped
class SourceMapWrites {

  private final SourceMapRows rows;
  private final SourceMaps maps;
  private final OriginalStacks stacks;
  private final JobQueue jobs;
  private final SourceMapConfig config;
  private final Clock clock;

  @Inject
  SourceMapWrites(
      SourceMapRows rows,
      SourceMaps maps,
      OriginalStacks stacks,
      JobQueue jobs,
      SourceMapConfig config,
      Clock clock) {
    this.rows = rows;
    this.maps = maps;
    this.stacks = stacks;
    this.jobs = jobs;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SourceMapWrites() {
    this(null, null, null, null, null, null);
  }

  /**
   * What was written.
   *
   * @param unused an object that no row names any more
   */
  record Written(SourceMapView map, Outcome outcome, @Nullable ArtifactKey unused) {}

  /** Takes note of a content that is here already; empty when it is not. */
  @Transactional
  Optional<Written> again(ProjectId project, NewSourceMap told, ContentHash sha256) {
    return rows.same(project, told)
        .filter(stored -> stored.sha256().equals(sha256))
        .map(stored -> again(project, told, stored, null));
  }

  private Written again(
      ProjectId project, NewSourceMap told, Stored stored, @Nullable ArtifactKey unused) {
    SourceMapView before = view(project, stored.id());
    rows.again(project, stored.id(), told, clock.instant());
    SourceMapView now = view(project, stored.id());
    if (!now.releases().equals(before.releases())) {
      arrived(project);
    }
    return new Written(now, Outcome.UNCHANGED, unused);
  }

  /**
   * Writes the row of a content whose object is stored.
   *
   * @throws TooManySourceMaps when the project has no room for it
   */
  @Transactional
  Written write(ProjectId project, NewSourceMap told, Content content) {
    rows.lock(project);
    Instant now = clock.instant();
    Optional<Stored> same = rows.same(project, told);
    if (same.isPresent() && same.get().sha256().equals(content.sha256())) {
      return again(project, told, same.get(), content.objectKey()); // somebody was faster
    }
    Room room = rows.room(project);
    if (room.maps() >= config.maxMaps() && same.isEmpty()
        || room.storedBytes() + content.storedBytes() > config.maxStoredBytes()) {
      throw new TooManySourceMaps(config);
    }
    SourceMapId id = same.map(Stored::id).orElseGet(SourceMapId::mint);
    if (same.isEmpty()) {
      rows.add(project, id, told, content, now);
    } else {
      rows.replace(project, id, told, content, now);
    }
    arrived(project);
    return new Written(
        view(project, id),
        same.isEmpty() ? Outcome.CREATED : Outcome.REPLACED,
        same.map(Stored::objectKey).orElse(null));
  }

  private void arrived(ProjectId project) {
    stacks.forgetIncomplete(project);
    jobs.enqueue(SymbolicationTask.ofLateMaps(project, clock.instant()));
  }

  private SourceMapView view(ProjectId project, SourceMapId id) {
    return maps.find(project, id).orElseThrow();
  }

  @Transactional
  Optional<ArtifactKey> delete(ProjectId project, SourceMapId id) {
    return rows.delete(project, id);
  }

  @Transactional
  List<ArtifactKey> deleteRelease(ProjectId project, String release) {
    return rows.deleteRelease(project, release);
  }
}
