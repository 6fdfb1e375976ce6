package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.store.Holding;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pattern of CI and an issue of production are one failure. Takes part in the caller's
 * transaction.
 */
@ApplicationScoped
public class ProductionLinks {

  private static final int MAX_LINKED = 10;

  private final Patterns patterns;
  private final PatternLinks links;
  private final SignatureStore store;
  private final PatternConfig config;
  private final Clock clock;

  @Inject
  public ProductionLinks(
      Patterns patterns,
      PatternLinks links,
      SignatureStore store,
      PatternConfig config,
      Clock clock) {
    this.patterns = patterns;
    this.links = links;
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ProductionLinks() {
    this(null, null, null, null, null);
  }

  /**
   * Waits until no run of the project is being remembered, and keeps the next from it. Whoever goes
   * on to {@link #linkIssue} takes it before anything is written of signatures, as a run does.
   */
  public void lock(ProjectId project) {
    patterns.lock(project);
  }

  /**
   * Remembers what an issue looks like and links it with the patterns that are the same failure,
   * those that come later too. Again: nothing more happens.
   *
   * @return the patterns it is linked with now
   */
  public List<LinkedIssue> linkIssue(
      ProjectId project, ClusterKey issue, FailureSignature signature) {
    patterns.lock(project);
    Instant now = clock.instant();
    store.put(project, new Holding(Origin.PRODUCTION, issue.value(), signature, now));
    List<Match> alike =
        store.similar(
            project,
            signature,
            new Search(
                Set.of(Origin.CI),
                links.calibration(project),
                config.similarityThreshold(),
                MAX_LINKED));
    links.link(
        project,
        alike.stream()
            .map(
                match ->
                    new PatternLinks.Link(
                        match.ownerId(),
                        issue.value(),
                        match.similarity().score(),
                        LinkedIssue.BY_MATCH))
            .toList(),
        now);
    return links.ofIssue(project, issue);
  }

  /** The issues of these patterns, each pattern's most similar first; others are left out. */
  public Map<PatternId, List<LinkedIssue>> issuesOf(
      ProjectId project, Collection<PatternId> patterns) {
    return patterns.isEmpty()
        ? Map.of()
        : links.ofPatterns(project, patterns).stream()
            .collect(Collectors.groupingBy(LinkedIssue::patternId));
  }

  /** The patterns of an issue, the most similar first; at most 100. */
  public List<LinkedIssue> patternsOf(ProjectId project, ClusterKey issue) {
    return links.ofIssue(project, issue);
  }

  /** Several issues have become one. */
  public void merged(ProjectId project, Collection<ClusterKey> sources, ClusterKey target) {
    for (ClusterKey source : sources) {
      store.move(project, Origin.PRODUCTION, source.value(), target.value());
      store.move(project, Origin.OBSERVED, source.value(), target.value());
    }
    links.moveIssues(project, sources, target);
  }

  /** The issues, or clusters that were none, are gone. */
  public void forget(ProjectId project, Collection<ClusterKey> issues) {
    List<String> owners = issues.stream().map(ClusterKey::value).toList();
    store.remove(project, Origin.PRODUCTION, owners);
    store.remove(project, Origin.OBSERVED, owners);
    links.forget(project, issues);
  }
}
