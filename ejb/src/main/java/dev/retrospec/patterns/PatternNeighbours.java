package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what a pattern resembles and nobody has decided on yet: other patterns, and issues of
 * production.
 */
@ApplicationScoped
public class PatternNeighbours {

  /** More than a person compares. */
  private static final int MOST = 8;

  /** People look for what is related; the machine's own matches need more. 0 to 1. */
  private static final double LEAST = 0.3;

  private final Patterns patterns;
  private final PatternLinks links;
  private final SignatureStore store;

  @Inject
  public PatternNeighbours(Patterns patterns, PatternLinks links, SignatureStore store) {
    this.patterns = patterns;
    this.links = links;
    this.store = store;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternNeighbours() {
    this(null, null, null);
  }

  /** Each kind with the most similar first. */
  public record Neighbours(List<SimilarPattern> patterns, List<SimilarIssue> issues) {

    public Neighbours {
      patterns = List.copyOf(patterns);
      issues = List.copyOf(issues);
    }
  }

  /** Without the pattern itself, its own issues, and what people said is another failure. */
  @Transactional
  public Neighbours of(ProjectId project, PatternView pattern) {
    Set<String> settled =
        links.refused(project, List.of(pattern.id())).stream()
            .map(Refused::otherId)
            .collect(Collectors.toCollection(HashSet::new));
    settled.add(pattern.id().value());
    links
        .ofPatterns(project, List.of(pattern.id()))
        .forEach(link -> settled.add(link.clusterKey().value()));
    List<Match> matches =
        store
            .similar(
                project,
                Signatures.of(PatternText.failure(pattern)),
                new Search(
                    Set.of(Origin.CI, Origin.PRODUCTION),
                    links.calibration(project),
                    LEAST,
                    MOST + settled.size()))
            .stream()
            .filter(match -> !settled.contains(match.ownerId()))
            .limit(MOST)
            .toList();
    return new Neighbours(patterns(project, matches), issues(matches));
  }

  private List<SimilarPattern> patterns(ProjectId project, List<Match> matches) {
    List<Match> seen = matches.stream().filter(one -> one.origin() == Origin.CI).toList();
    List<PatternId> ids = seen.stream().map(one -> new PatternId(one.ownerId())).toList();
    Map<PatternId, Patterns.Head> heads = patterns.heads(project, ids);
    Map<PatternId, ClusterKey> issues =
        links.ofPatterns(project, ids).stream()
            .collect(
                Collectors.toMap(
                    LinkedIssue::patternId, LinkedIssue::clusterKey, (best, other) -> best));
    return seen.stream()
        .filter(one -> heads.containsKey(new PatternId(one.ownerId())))
        .map(
            one -> {
              Patterns.Head head = heads.get(new PatternId(one.ownerId()));
              return new SimilarPattern(
                  head.id(),
                  one.similarity().score(),
                  head.summary(),
                  head.occurrenceCount(),
                  head.lastSeen(),
                  Why.of(one.similarity(), false),
                  issues.get(head.id()));
            })
        .toList();
  }

  private static List<SimilarIssue> issues(List<Match> matches) {
    return matches.stream()
        .filter(one -> one.origin() == Origin.PRODUCTION)
        .map(
            one ->
                new SimilarIssue(
                    new ClusterKey(one.ownerId()),
                    one.similarity().score(),
                    Why.of(one.similarity(), false)))
        .toList();
  }
}
