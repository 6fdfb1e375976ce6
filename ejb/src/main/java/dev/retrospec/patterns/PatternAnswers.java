package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Rarity;
import dev.retrospec.signatures.Scorer;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is told of failures that were remembered: where each ended up, and what it resembles but for
 * what people said is another failure.
 *
 * @param issues of production that are the same failure; several when none stands out
 * @param different of each pattern, those that people said are not it
 */
record PatternAnswers(
    Map<PatternId, Patterns.Head> heads,
    Map<PatternId, List<ClusterKey>> issues,
    Map<PatternId, Set<String>> different) {

  /**
   * Reads what answers need, as it was before this run is written.
   *
   * @param before patterns that tests of the run have already
   * @param threshold from where on an issue is the same failure, 0 to 1
   */
  static PatternAnswers read(
      ProjectId project,
      Collection<Verdict> verdicts,
      Collection<PatternId> before,
      Patterns patterns,
      PatternLinks links,
      double threshold) {
    Set<PatternId> ids = new HashSet<>(before);
    for (Verdict verdict : verdicts) {
      ids.add(verdict.pattern());
      verdict.matches().stream()
          .filter(match -> match.origin() == Origin.CI)
          .forEach(match -> ids.add(new PatternId(match.ownerId())));
    }
    Map<PatternId, List<ClusterKey>> issues = new HashMap<>();
    links.ofPatterns(project, ids).stream()
        .collect(Collectors.groupingBy(LinkedIssue::patternId))
        .forEach(
            (pattern, linked) ->
                issues.put(
                    pattern,
                    NearlyAlike.best(linked).stream().map(LinkedIssue::clusterKey).toList()));
    for (Verdict verdict : verdicts) {
      List<ClusterKey> alike =
          NearlyAlike.best(verdict.matches(), Origin.PRODUCTION, threshold).stream()
              .map(match -> new ClusterKey(match.ownerId()))
              .toList();
      if (!alike.isEmpty()) {
        issues.putIfAbsent(verdict.pattern(), alike);
      }
    }
    Map<PatternId, Set<String>> different =
        links.refused(project, verdicts.stream().map(Verdict::pattern).toList()).stream()
            .filter(one -> !one.isIssue())
            .collect(
                Collectors.groupingBy(
                    Refused::patternId, Collectors.mapping(Refused::otherId, Collectors.toSet())));
    return new PatternAnswers(patterns.heads(project, ids), issues, different);
  }

  private List<ClusterKey> of(PatternId pattern) {
    return issues.getOrDefault(pattern, List.of());
  }

  Remembered of(Verdict verdict, FailureSignature signature) {
    List<SimilarPattern> similar = new ArrayList<>();
    if (verdict.exact()) {
      similar.addAll(itself(verdict.pattern(), signature));
    }
    Set<String> others = different.getOrDefault(verdict.pattern(), Set.of());
    for (Match match : verdict.matches()) {
      if (match.origin() == Origin.CI
          && !others.contains(match.ownerId())
          && heads.containsKey(new PatternId(match.ownerId()))) {
        similar.add(
            similar(
                heads.get(new PatternId(match.ownerId())),
                match.similarity().score(),
                Why.of(match.similarity(), false)));
      }
    }
    return new Remembered(verdict.pattern(), verdict.isNew(), similar, of(verdict.pattern()));
  }

  Remembered again(PatternId pattern, FailureSignature signature) {
    return new Remembered(pattern, false, itself(pattern, signature), of(pattern));
  }

  private List<SimilarPattern> itself(PatternId pattern, FailureSignature signature) {
    Patterns.Head head = heads.get(pattern);
    Why why =
        Why.of(Scorer.score(signature, signature, Rarity.uniform(), Calibration.shipped()), true);
    return head == null ? List.of() : List.of(similar(head, 1, why));
  }

  private SimilarPattern similar(Patterns.Head head, double similarity, Why why) {
    return new SimilarPattern(
        head.id(),
        similarity,
        head.summary(),
        head.occurrenceCount(),
        head.lastSeen(),
        why,
        of(head.id()).size() == 1 ? of(head.id()).get(0) : null);
  }
}
