package dev.retrospec.issues.promotion;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.ClusterCounts;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.sessions.UnreadStacks;
import dev.retrospec.sessions.UnreadStacks.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Considers clusters when the stacks of their markers are read, or nobody has read them in time:
 * until then they were guesses ({@link UnreadStacks}).
 */
@ApplicationScoped
public class StackSettlement {

  private static final int AT_ONCE = 1_000;

  private final ClusterCounts counts;
  private final UnreadStacks unread;
  private final IssuePromotion promotion;

  @Inject
  public StackSettlement(ClusterCounts counts, UnreadStacks unread, IssuePromotion promotion) {
    this.counts = counts;
    this.unread = unread;
    this.promotion = promotion;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected StackSettlement() {
    this(null, null, null);
  }

  /**
   * The stacks are read, or nothing can read them. In the caller's transaction; takes the lock of
   * all counts first.
   */
  public void read(ProjectId project, SessionId session, Collection<MarkerId> ids) {
    counts.lock();
    promotion.consider(project, unread.done(project, session, ids), PromotionTrigger.INGEST);
  }

  /** May run at any time on any number of nodes; beside a long move it leaves it for later. */
  @Transactional
  public void settleOverdue() {
    if (!counts.lockSoon()) {
      return;
    }
    Map<ProjectId, Set<ClusterKey>> waited =
        unread.overdue(AT_ONCE).stream()
            .collect(
                Collectors.groupingBy(
                    Waiting::projectId, Collectors.mapping(Waiting::key, Collectors.toSet())));
    waited.forEach((project, keys) -> promotion.consider(project, keys, PromotionTrigger.TIMER));
  }
}
