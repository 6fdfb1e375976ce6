package dev.retrospec.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a tracker whether token and place are right, before an issue needs it. Nothing is written
 * there. Its answer stands in {@link TrackerView#trial}; a change of the tracker forgets it.
 */
@ApplicationScoped
public class TrackerTrials {

  private static final String ACTION = "TRY";

  private final Trackers trackers;
  private final JobQueue jobs;
  private final Clock clock;

  @Inject
  public TrackerTrials(Trackers trackers, JobQueue jobs, Clock clock) {
    this.trackers = trackers;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TrackerTrials() {
    this(null, null, null);
  }

  /**
   * What a worker is to ask.
   *
   * @param askedAt names the trial: the answer to an older one does not count
   */
  public record Trial(ProjectId projectId, Instant askedAt, TrackerAccess access) {}

  /**
   * Has the tracker asked by a job. Again while one is under way: only the later one counts.
   *
   * @throws NotFound when the project has no such tracker
   * @throws InvalidRequest when it has no token
   */
  @Transactional
  public TrackerView ask(ProjectId project, TrackerKind kind) {
    TrackerView tracker =
        trackers.find(project, kind).orElseThrow(() -> new NotFound(kind.label()));
    if (!tracker.hasToken()) {
      throw new InvalidRequest(kind.label() + " has no token");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as the job carries it
    trackers.tryAt(project, kind, now);
    String what = "{\"action\":\"" + ACTION + "\",\"askedAt\":" + now.toEpochMilli() + "}";
    jobs.enqueue(
        NewJob.about(JobKind.TICKET, project, kind.wireName(), what, List.of(ACTION, now)));
    return trackers.find(project, kind).orElseThrow(() -> new NotFound(kind.label()));
  }

  /** Whether the job is a trial, not about a ticket. */
  public static boolean isTrial(Job job) {
    return ACTION.equals(payload(job).path("action").asText());
  }

  /** Empty when the tracker or its token is gone. */
  @Transactional
  public Optional<Trial> prepare(Job job) {
    return trackers
        .access(job.projectId(), TrackerKind.fromWireName(job.subject()))
        .map(access -> new Trial(job.projectId(), askedAt(job), access));
  }

  /**
   * All is well.
   *
   * @param mayWrite true: the tracker said that the token may write; null: it did not say
   */
  @Transactional
  public void passed(Trial trial, @Nullable Boolean mayWrite) {
    trackers.tried(trial.projectId(), trial.access().kind(), trial.askedAt(), null, mayWrite);
  }

  /** The tracker refused, or what it said is no place for tickets. */
  @Transactional
  public void failed(Trial trial, String problem) {
    trackers.tried(trial.projectId(), trial.access().kind(), trial.askedAt(), problem, null);
  }

  void givenUp(@Observes JobGivenUp event) {
    Job job = event.job();
    if (job.kind() == JobKind.TICKET && isTrial(job)) {
      TrackerKind kind = TrackerKind.fromWireName(job.subject());
      trackers.tried(job.projectId(), kind, askedAt(job), event.reason(), null);
    }
  }

  private static Instant askedAt(Job job) {
    return Instant.ofEpochMilli(payload(job).path("askedAt").asLong());
  }

  private static JsonNode payload(Job job) {
    return Json.read(job.payload(), JsonNode.class);
  }
}
