package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Keeps people's decisions about clusters from meeting a move that would overrun them: its plan, or
 * where it brings its markers, is from before. All methods take part in the caller's transaction.
 */
@ApplicationScoped
public class MovesUnderWay {

  private final RegroupRuns runs;
  private final MarkerTransfers transfers;
  private final ClusterDecisions decisions;

  @Inject
  public MovesUnderWay(RegroupRuns runs, MarkerTransfers transfers, ClusterDecisions decisions) {
    this.runs = runs;
    this.transfers = transfers;
    this.decisions = decisions;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MovesUnderWay() {
    this(null, null, null);
  }

  /**
   * @throws InvalidRequest while a regroup, other than a dry run, is not over
   */
  void requireNoRegroup(ProjectId project) {
    if (runs.moves(project)) {
      throw new InvalidRequest(
          "a regroup of this project is under way; decide again when it is done");
    }
  }

  /**
   * What is still on its way into a cluster would come in after the decision.
   *
   * @param but what may be on its way: the decision is about all of it
   * @throws InvalidRequest while markers of another one are
   */
  void requireAllIn(ProjectId project, ClusterKey cluster, @Nullable ClusterKey but) {
    boolean expected =
        transfers.of(project, cluster).stream()
            .anyMatch(
                one ->
                    one.merge()
                        && !one.from().equals(but)
                        && decisions.current(project, one.to()).equals(cluster));
    if (expected) {
      throw new InvalidRequest(
          "another issue is being merged into this one; decide again when that is done");
    }
  }

  /**
   * What of a part is still in the cluster would not be found elsewhere.
   *
   * @param but a part that may be on its way out: it is merged again
   * @throws InvalidRequest while another one is
   */
  void requireNonePartedFrom(ProjectId project, ClusterKey cluster, ClusterKey but) {
    boolean parting =
        transfers.of(project, cluster).stream()
            .anyMatch(
                one ->
                    !one.merge()
                        && !decisions.current(project, one.to()).equals(but)
                        && decisions.current(project, one.from()).equals(cluster));
    if (parting) {
      throw new InvalidRequest(
          "a part of " + cluster + " is being taken out; merge it when that is done");
    }
  }
}
