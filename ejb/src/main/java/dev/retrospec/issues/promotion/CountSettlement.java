package dev.retrospec.issues.promotion;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterFold;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.issues.trends.ClusterHours;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;

/**
 * Folds the counts and considers what has changed. This settles what two requests at the same
 * moment cannot see of each other: each is the first session, together they are two.
 */
@ApplicationScoped
public class CountSettlement {

  private final ClusterFold fold;
  private final IssuePromotion promotion;
  private final ClusterHours hours;

  @Inject
  public CountSettlement(ClusterFold fold, IssuePromotion promotion, ClusterHours hours) {
    this.fold = fold;
    this.promotion = promotion;
    this.hours = hours;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected CountSettlement() {
    this(null, null, null);
  }

  /** May run at any time on any number of nodes. */
  @Transactional
  public void settle() {
    Map<ProjectId, Set<ClusterKey>> touched = fold.fold();
    touched.forEach((project, keys) -> promotion.consider(project, keys, PromotionTrigger.INGEST));
    hours.touched(touched);
  }
}
