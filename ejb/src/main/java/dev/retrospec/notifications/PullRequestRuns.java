package dev.retrospec.notifications;

import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What there is to tell in a pull request: the newest run of each of its jobs, the newest first. A
 * job that has no name is one with all others that have none.
 */
public record PullRequestRuns(List<Told> newest) {

  /** A comment has room for no more. */
  static final int MAX_JOBS = 20;

  /**
   * One job's newest run.
   *
   * @param at when it was told for the first time
   * @param commitAt when the first run of its commit was
   */
  public record Told(RunReport report, Instant at, Instant commitAt) {

    boolean hasFailed() {
      return report.outcome() == RunReport.Outcome.FAILED;
    }
  }

  public PullRequestRuns {
    newest = newest.stream().sorted(Comparator.comparing(Told::at).reversed()).toList();
  }

  /** Whether no newer run of the same job has taken its place. */
  public boolean has(TestRunId run) {
    return newest.stream().anyMatch(told -> told.report().runId().equals(run));
  }

  /** The commit that was heard of last, however late the jobs of older ones end. */
  public Optional<String> head() {
    return newest.stream()
        .max(Comparator.comparing(Told::commitAt))
        .map(told -> told.report().origin().commitHash());
  }

  /** The jobs that failed at the head. */
  public List<Told> failed() {
    return newest.stream().filter(told -> told.hasFailed() && isAtHead(told)).toList();
  }

  /** The jobs that passed at the head. */
  public List<Told> passed() {
    return newest.stream().filter(told -> !told.hasFailed() && isAtHead(told)).toList();
  }

  /** The jobs that failed at an older commit and have not been told of the head. */
  public List<Told> awaited() {
    return newest.stream().filter(told -> told.hasFailed() && !isAtHead(told)).toList();
  }

  private boolean isAtHead(Told told) {
    return head().filter(told.report().origin().commitHash()::equals).isPresent();
  }
}
