package dev.retrospec.sourcemaps;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job of symbolication is to do: read the stacks of some markers, or, when maps have come
 * later than errors, a slice of all that may be theirs.
 *
 * @param session of the markers; null for maps that came later
 * @param markers that were new and whose stacks are not known
 * @param mapsSince maps that were uploaded since then are looked for
 * @param after where the slice begins; null: at the beginning
 */
public record SymbolicationTask(
    @Nullable SessionId session,
    @Nullable List<MarkerId> markers,
    @Nullable Instant mapsSince,
    @Nullable String after) {

  /**
   * So long after an upload the others of its build are here, and every node knows that the project
   * has maps.
   */
  static final Duration BUILD_IS_HERE = Duration.ofSeconds(10);

  /** Uploads within it ask for one job. */
  private static final long UPLOADS_MS = 5_000;

  /** For markers of a session whose stacks were not seen before. */
  public static NewJob ofMarkers(ProjectId project, SessionId session, Collection<MarkerId> ids) {
    SymbolicationTask task = new SymbolicationTask(session, List.copyOf(ids), null, null);
    return NewJob.about(
        JobKind.SYMBOLICATION, project, session.value(), Json.write(task), task.markers);
  }

  /** For the errors that were here before the maps that are uploaded now. */
  static NewJob ofLateMaps(ProjectId project, Instant now) {
    Instant since = Instant.ofEpochMilli(now.toEpochMilli() / UPLOADS_MS * UPLOADS_MS);
    SymbolicationTask task = new SymbolicationTask(null, null, since, null);
    return NewJob.about(
            JobKind.SYMBOLICATION, project, "maps", Json.write(task), Set.of("maps since " + since))
        .after(BUILD_IS_HERE);
  }

  /** The slice that follows this one. */
  public NewJob continuedAfter(ProjectId project, String last) {
    SymbolicationTask next = new SymbolicationTask(null, null, mapsSince, last);
    return NewJob.about(
        JobKind.SYMBOLICATION,
        project,
        "maps",
        Json.write(next),
        Set.of("maps since " + mapsSince, "after " + last));
  }
}
