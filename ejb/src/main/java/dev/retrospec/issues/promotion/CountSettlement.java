package dev.retrospec.issues.promotion;

import dev.retrospec.issues.ClusterFold;
import dev.retrospec.issues.PromotionTrigger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Folds the counts and considers what has changed. This settles what two requests at the same
 * moment cannot see of each other: each is the first session, together they are two.
 */
@ApplicationScoped
public class CountSettlement {

  private final ClusterFold fold;
  private final IssuePromotion promotion;

  @Inject
  public CountSettlement(ClusterFold fold, IssuePromotion promotion) {
    this.fold = fold;
    this.promotion = promotion;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected CountSettlement() {
    this(null, null);
  }

  /** May run at any time on any number of nodes. */
  @Transactional
  public void settle() {
    fold.fold()
        .forEach((project, keys) -> promotion.consider(project, keys, PromotionTrigger.INGEST));
  }
}
