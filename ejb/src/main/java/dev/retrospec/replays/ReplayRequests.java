package dev.retrospec.replays;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;

/** Asks for the artifacts of a session whose markers have come. */
@ApplicationScoped
public class ReplayRequests {

  private final JobQueue jobs;

  @Inject
  public ReplayRequests(JobQueue jobs) {
    this.jobs = jobs;
  }

  /** For the container's proxy. */
  protected ReplayRequests() {
    this(null);
  }

  /** The job itself, for a caller that enqueues several in one statement. */
  public static NewJob job(
      ProjectId project, SessionId session, Set<MarkerId> markers, String triggerKind) {
    return NewJob.about(
        JobKind.REPLAY,
        project,
        session.value(),
        new ReplayJobPayload(triggerKind, false).write(),
        markers);
  }

  /**
   * Asks for the same once more, when what came after the markers is here too. Needs the caller's
   * transaction.
   *
   * @param markers all that the session has by now
   */
  public EnqueueOutcome lookAgain(
      ProjectId project,
      SessionId session,
      Set<MarkerId> markers,
      String triggerKind,
      Duration pause) {
    return jobs.enqueue(
        NewJob.about(
                JobKind.REPLAY,
                project,
                session.value(),
                new ReplayJobPayload(triggerKind, true).write(),
                NewJob.secondLookAt(markers))
            .after(pause));
  }
}
