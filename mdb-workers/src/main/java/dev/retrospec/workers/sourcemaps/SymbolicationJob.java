package dev.retrospec.workers.sourcemaps;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.promotion.StackSettlement;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.MarkerStacks;
import dev.retrospec.sessions.MarkerStacks.MarkerStack;
import dev.retrospec.sourcemaps.SourceMaps;
import dev.retrospec.sourcemaps.SymbolicationTask;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the original code behind stacks; one job for late maps asks for the next. */
@ApplicationScoped
public class SymbolicationJob implements JobWork {

  /** Far within a job's lease, though each may be of a session of its own. */
  static final int SLICE = 200;

  private static final Logger LOG = LoggerFactory.getLogger(SymbolicationJob.class);

  /** In no id. */
  private static final String BETWEEN = "|";

  private final StackReading reading;
  private final MarkerStacks markers;
  private final StackSettlement settlement;
  private final SourceMaps maps;
  private final JobQueue jobs;

  @Inject
  public SymbolicationJob(
      StackReading reading,
      MarkerStacks markers,
      StackSettlement settlement,
      SourceMaps maps,
      JobQueue jobs) {
    this.reading = reading;
    this.markers = markers;
    this.settlement = settlement;
    this.maps = maps;
    this.jobs = jobs;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SymbolicationJob() {
    this(null, null, null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.SYMBOLICATION;
  }

  @Override
  public Runnable perform(Job job) {
    SymbolicationTask task = Json.read(job.payload(), SymbolicationTask.class);
    ProjectId project = job.projectId();
    SessionId session = task.session();
    if (session != null) {
      List<MarkerId> ids = Objects.requireNonNullElse(task.markers(), List.of());
      read(job, markers.of(project, session, ids));
      return () -> settlement.read(project, session, ids);
    }
    List<MarkerStack> slice = slice(project, task);
    read(job, slice);
    return () -> {
      if (slice.size() == SLICE) {
        MarkerStack last = slice.get(SLICE - 1);
        jobs.enqueue(
            task.continuedAfter(project, last.session().value() + BETWEEN + last.id().value()));
      }
    };
  }

  /** In the last attempt one by one: a marker that cannot be read must not keep others from it. */
  private void read(Job job, List<MarkerStack> stacks) {
    if (job.attempts() < job.maxAttempts()) {
      reading.read(job.projectId(), stacks);
    } else {
      readSingly(job.projectId(), stacks);
    }
  }

  private void readSingly(ProjectId project, List<MarkerStack> slice) {
    int failed = 0;
    for (MarkerStack marker : slice) {
      try {
        reading.read(project, List.of(marker));
      } catch (RuntimeException e) {
        if (++failed == slice.size()) {
          throw e; // it is not the markers
        }
        LOG.warn("The stack of marker {} of {} is left as it is", marker.id(), project, e);
      }
    }
  }

  private List<MarkerStack> slice(ProjectId project, SymbolicationTask task) {
    SourceMaps.Arrived arrived =
        maps.arrivedSince(project, Objects.requireNonNull(task.mapsSince()));
    String after = Objects.requireNonNullElse(task.after(), BETWEEN);
    int between = after.indexOf(BETWEEN);
    return markers.ofBuilds(
        project,
        arrived.debugIds(),
        arrived.releases(),
        after.substring(0, between),
        after.substring(between + 1),
        SLICE);
  }
}
