package dev.retrospec.issues.promotion;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueRegressed;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.PromotionTrigger;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns repeated clusters into issues, and resolved issues that came back into regressed ones.
 * However many nodes try at once, a cluster is promoted once and said once to be ({@link
 * IssuePromoted}, {@link IssueRegressed}): the row itself decides who was first.
 */
@ApplicationScoped
public class IssuePromotion {

  /** As long as the longest page of the list of issues. */
  private static final int MAX_ANSWER = 200;

  private final PromotionCandidates candidates;
  private final IssueQueries issues;
  private final PromotionConfig config;
  private final Event<IssuePromoted> promoted;
  private final Event<IssueRegressed> regressed;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public IssuePromotion(
      PromotionCandidates candidates,
      IssueQueries issues,
      PromotionConfig config,
      Event<IssuePromoted> promoted,
      Event<IssueRegressed> regressed,
      MeterRegistry meters,
      Clock clock) {
    this.candidates = candidates;
    this.issues = issues;
    this.config = config;
    this.promoted = promoted;
    this.regressed = regressed;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssuePromotion() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * Promotes every cluster of the project that has repeated often enough. Doing it again promotes
   * nothing more and answers the same.
   *
   * @return the issues that stand now, those seen last first; at most {@value #MAX_ANSWER}
   */
  @Transactional
  public List<IssueView> promote(ProjectId project, PromotionTrigger trigger) {
    promoteRepeated(project, trigger);
    return issues.list(project, IssueFilter.all(MAX_ANSWER)).items();
  }

  private void promoteRepeated(ProjectId project, PromotionTrigger trigger) {
    decide(project, candidates.repeated(project, min()), trigger);
  }

  /** The same for all projects. */
  @Transactional
  public void promoteAll(PromotionTrigger trigger) {
    candidates.projectsWithRepeated(min()).forEach(project -> promoteRepeated(project, trigger));
  }

  /**
   * Looks at clusters that have just been touched, in the caller's transaction: those that have
   * repeated often enough become issues, unless {@code AUTO_PROMOTE_ON_INGEST} is off; those that
   * were resolved and have come back in a later session become regressed. One statement when
   * nothing is to be done.
   */
  public void consider(ProjectId project, Set<ClusterKey> keys, PromotionTrigger trigger) {
    if (keys.isEmpty()) {
      return;
    }
    List<PromotionCandidates.Candidate> touched = candidates.among(project, keys);
    if (config.onIngest() || trigger != PromotionTrigger.INGEST) {
      decide(project, touched.stream().filter(one -> !one.issue()).toList(), trigger);
    }
    List<ClusterKey> cameBack =
        touched.stream()
            .filter(PromotionCandidates.Candidate::cameBack)
            .map(PromotionCandidates.Candidate::key)
            .toList();
    for (ClusterKey key : candidates.regress(project, cameBack, clock.instant())) {
      meters.counter("retrospec.issues.regressed").increment();
      regressed.fire(new IssueRegressed(project, key, trigger));
    }
  }

  private void decide(
      ProjectId project, List<PromotionCandidates.Candidate> waiting, PromotionTrigger trigger) {
    PromotionPolicy policy = new PromotionPolicy(min());
    List<PromotionCandidates.Chosen> chosen = new ArrayList<>();
    for (PromotionCandidates.Candidate candidate : waiting) {
      if (policy.decide(candidate.evidence()) instanceof PromotionDecision.Promote promote) {
        chosen.add(new PromotionCandidates.Chosen(candidate.key().value(), promote.reason()));
      }
    }
    for (ClusterKey key : candidates.promote(project, chosen, trigger, clock.instant())) {
      meters.counter("retrospec.issues.promoted", "trigger", trigger.wireName()).increment();
      promoted.fire(new IssuePromoted(project, key, trigger));
    }
  }

  private int min() {
    return config.minSessions();
  }
}
