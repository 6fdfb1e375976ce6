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
        new ReplayJobPayload(triggerKind).write(),
        markers);
  }

  /**
   * Needs the caller's transaction. The same markers within the dedupe window are asked for once.
   *
   * @param triggerKind why: {@code ingest}, {@code manual} …
   */
  public EnqueueOutcome request(
      ProjectId project, SessionId session, Set<MarkerId> markers, String triggerKind) {
    return jobs.enqueue(job(project, session, markers, triggerKind));
  }
}
