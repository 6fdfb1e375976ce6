package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.RegroupPlan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of whole clusters in a regroup: which lead elsewhere before the markers move, and
 * what takes the place of those that nothing is left of. All methods take part in the caller's
 * transaction and need the lock of {@link ClusterCounts}.
 */
@ApplicationScoped
public class RegroupSuccession {

  /** Each counts its target anew. */
  private static final int MAX_SUCCEEDED = 20;

  private final RegroupParts parts;
  private final ClusterAliases aliases;
  private final ClusterDecisions decisions;
  private final ClusterLegacies legacies;
  private final ClusterUnion union;

  @Inject
  public RegroupSuccession(
      RegroupParts parts,
      ClusterAliases aliases,
      ClusterDecisions decisions,
      ClusterLegacies legacies,
      ClusterUnion union) {
    this.parts = parts;
    this.aliases = aliases;
    this.decisions = decisions;
    this.legacies = legacies;
    this.union = union;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RegroupSuccession() {
    this(null, null, null, null, null);
  }

  /** So that what comes in meanwhile, and what is moved, finds its way as planned. */
  void prepare(ProjectId project, String id, RegroupPlan plan) {
    Set<ClusterKey> staying = plan.staying();
    if (!staying.isEmpty()) {
      parts.pin(project, id, staying);
    }
    for (Map.Entry<ClusterKey, ClusterKey> merged : plan.merged().entrySet()) {
      ClusterKey source = merged.getKey();
      ClusterKey target = merged.getValue();
      ClusterKey alike = plan.alike().get(source);
      if (alike != null) {
        aliases.repeat(project, alike, source, target);
        continue;
      }
      AliasOrigin origin = AliasOrigin.hand("Kept when the rules changed", null);
      if (decisions.exists(project, source)) {
        // The target is made when the first marker moves there; the source is an issue now.
        legacies.copy(project, source, target);
        union.unite(project, Set.of(source), target, origin);
      } else {
        decisions.alias(project, Set.of(source), target, origin);
      }
    }
  }

  /**
   * Has clusters that are empty become what most of them is now; at most {@value #MAX_SUCCEEDED}.
   *
   * @return whether there was any
   */
  boolean succeed(ProjectId project, String id) {
    List<RegroupParts.Emptied> emptied = parts.emptied(project, id, MAX_SUCCEEDED);
    for (RegroupParts.Emptied one : emptied) {
      ClusterKey target = decisions.current(project, one.successor());
      if (!target.equals(one.cluster())) {
        boolean leads = parts.leads(project, id, one.cluster(), target);
        union.succeed(project, one.cluster(), target, leads);
      }
      parts.settled(project, id, one.cluster(), target);
    }
    return !emptied.isEmpty();
  }
}
