package dev.retrospec.issues.promotion;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.ClustersFound;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.NearDuplicates;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.patterns.LinkedIssue;
import dev.retrospec.patterns.ProductionLinks;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Signatures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the memory of failures know a cluster: a new one becomes part of the one that it looks
 * like, and of an issue a failing test is told. Intake and promotion only ask for it; a worker does
 * it, because no visitor's request shall wait for the comparison.
 */
@ApplicationScoped
public class IssueRecognition implements ExpiringData {

  /** One look after this many jobs of some milliseconds each is soon enough for the rest. */
  private static final int MAX_ASKED = 1_000;

  private final IssueFailures failures;
  private final NearDuplicates duplicates;
  private final ProductionLinks tests;
  private final JobQueue jobs;

  @Inject
  public IssueRecognition(
      IssueFailures failures, NearDuplicates duplicates, ProductionLinks tests, JobQueue jobs) {
    this.failures = failures;
    this.duplicates = duplicates;
    this.tests = tests;
    this.jobs = jobs;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueRecognition() {
    this(null, null, null, null);
  }

  /** One statement, and only when a failure is seen for the first time. */
  void found(@Observes ClustersFound event) {
    jobs.enqueueAll(
        event.keys().stream()
            .map(
                key ->
                    NewJob.about(
                        JobKind.RECOGNITION,
                        event.projectId(),
                        key.value(),
                        "{}",
                        List.of(key, "found")))
            .toList());
  }

  void promoted(@Observes IssuePromoted event) {
    jobs.enqueue(
        NewJob.about(
            JobKind.RECOGNITION,
            event.projectId(),
            event.key().value(),
            "{}",
            List.of(event.key())));
  }

  /**
   * Asks for issues that the memory does not know by today's rules, at most {@value #MAX_ASKED}; a
   * job that is waiting already is not asked for again.
   *
   * @return how many there were
   */
  @Transactional
  public int askForUnrecognised() {
    List<NewJob> wanted =
        failures.unrecognised(MAX_ASKED).stream()
            .map(
                issue ->
                    NewJob.about(
                        JobKind.RECOGNITION,
                        issue.projectId(),
                        issue.key().value(),
                        "{}",
                        List.of(issue.key(), FailureSignature.VERSION)))
            .toList();
    jobs.enqueueAll(wanted);
    return wanted.size();
  }

  /**
   * Compares a cluster that is new, remembers what it looks like, and links an issue with the tests
   * that fail so. Again: nothing more happens.
   *
   * @return the patterns it is linked with; none when it is no issue
   */
  @Transactional
  public List<LinkedIssue> recognise(ProjectId project, ClusterKey cluster) {
    Optional<FailureSignature> failure = failures.of(project, cluster).map(Signatures::of);
    if (failure.isEmpty()) {
      return List.of();
    }
    // Before the comparison, which takes the lock of all counts for what it joins: no other project
    // shall wait until a large run of this one is remembered.
    tests.lock(project);
    if (duplicates.compare(project, cluster, failure.get()) != NearDuplicates.Outcome.ISSUE) {
      return List.of();
    }
    return tests.linkIssue(project, cluster, failure.get());
  }

  /** An issue outlives its sessions, and goes with {@code IssueData}. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  /** Forgets issues that are no more. */
  @Override
  @Transactional
  public Deleted sweep(Instant before) {
    failures.gone().forEach(tests::forget);
    return Deleted.NOTHING;
  }
}
