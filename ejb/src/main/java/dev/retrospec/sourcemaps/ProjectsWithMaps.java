package dev.retrospec.sourcemaps;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which projects have source maps, remembered for some seconds: most have none, and an ingest must
 * not ask for each error. Also tells maps once a day that their release is visited.
 */
@ApplicationScoped
public class ProjectsWithMaps {

  /** Shorter than {@link SymbolicationTask#BUILD_IS_HERE}: what falls between is read again. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final int MAX_REMEMBERED = 10_000;

  private final SourceMaps maps;
  private final Clock clock;
  private final Map<ProjectId, Answer> answers = new ConcurrentHashMap<>();
  private final Map<Visited, Instant> visited = new ConcurrentHashMap<>();

  private record Answer(boolean has, Instant until) {}

  private record Visited(ProjectId project, String release) {}

  @Inject
  public ProjectsWithMaps(SourceMaps maps, Clock clock) {
    this.maps = maps;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ProjectsWithMaps() {
    this(null, null);
  }

  /** At most {@link #REMEMBERED} old. */
  public boolean include(ProjectId project) {
    Instant now = clock.instant();
    Answer answer = answers.get(project);
    if (answer == null || !now.isBefore(answer.until)) {
      answer = new Answer(maps.any(project), now.plus(REMEMBERED));
      if (answers.size() >= MAX_REMEMBERED) {
        answers.clear();
      }
      answers.put(project, answer);
    }
    return answer.has;
  }

  /** This node need not ask. */
  void has(ProjectId project) {
    answers.put(project, new Answer(true, clock.instant().plus(REMEMBERED)));
  }

  /** Somebody visits a release: its maps are kept. In the caller's transaction. */
  public void visited(ProjectId project, String release) {
    Instant now = clock.instant();
    Visited visit = new Visited(project, release);
    Instant last = visited.get(visit);
    if (last != null && now.isBefore(last.plus(SourceMaps.FRESH)) || !include(project)) {
      return;
    }
    if (visited.size() >= MAX_REMEMBERED) {
      visited.clear();
    }
    visited.put(visit, now);
    maps.seen(project, release, now);
  }
}
