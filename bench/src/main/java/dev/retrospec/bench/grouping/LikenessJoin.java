package dev.retrospec.bench.grouping;

import dev.retrospec.bench.grouping.LabelledError.Thrown;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.issues.clustering.LikenessDecision;
import dev.retrospec.issues.clustering.LikenessPolicy;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Rarity;
import dev.retrospec.signatures.Scorer;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.Terms;
import dev.retrospec.signatures.stacks.BrowserStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the server does without its database: an error with a new fingerprint is compared with the
 * clusters that its project has by then, and becomes part of the one that it looks like. All of
 * them are compared, where the server takes candidates from an index.
 */
final class LikenessJoin {

  /** As {@code issues.NearDuplicates} searches. */
  private static final double SEARCHED = LikenessPolicy.LEAST_SCORE - 0.05;

  private static final int MAX_CANDIDATES = 8;

  private record Known(ClusterKey key, MarkerKind kind, FailureSignature signature) {}

  /** The clusters of one project, as time goes by. */
  private static final class Project {
    final Map<ClusterKey, ClusterKey> homes = new HashMap<>();
    final List<Known> clusters = new ArrayList<>();
    final Map<Integer, Integer> frequencies = new HashMap<>();
  }

  private final Map<String, Project> projects = new HashMap<>();

  private LikenessJoin() {}

  static GroupingMethod method() {
    return new GroupingMethod(
        "**RetroSpec**, with near-duplicates joined",
        errors -> {
          LikenessJoin join = new LikenessJoin();
          return errors.stream().map(error -> join.home(error).toString()).toList();
        });
  }

  private ClusterKey home(LabelledError error) {
    Project project = projects.computeIfAbsent(error.project(), any -> new Project());
    ClusterKey key = Fingerprint.of(error.marker()).key();
    ClusterKey home = project.homes.get(key);
    if (home == null) {
      home = found(project, key, error);
      project.homes.put(key, home);
    }
    return home;
  }

  private static ClusterKey found(Project project, ClusterKey key, LabelledError error) {
    MarkerKind kind = MarkerKind.fromWireName(error.kind());
    FailureSignature failure = Signatures.of(text(error));
    Rarity rarity = Rarity.of(project.frequencies, project.clusters.size());
    List<LikenessPolicy.Candidate> candidates =
        project.clusters.stream()
            .map(
                known ->
                    new LikenessPolicy.Candidate(
                        known.key(),
                        known.kind(),
                        Scorer.score(failure, known.signature(), rarity, Calibration.shipped()),
                        false))
            .filter(candidate -> candidate.similarity().score() >= SEARCHED)
            .sorted(Comparator.comparingDouble(candidate -> -candidate.similarity().raw()))
            .limit(MAX_CANDIDATES)
            .toList();
    if (LikenessPolicy.decide(kind, failure, candidates) instanceof LikenessDecision.Join join) {
      return join.key();
    }
    project.clusters.add(new Known(key, kind, failure));
    for (int term : Terms.of(failure)) {
      project.frequencies.merge(term, 1, Integer::sum);
    }
    return key;
  }

  private static FailureText text(LabelledError error) {
    Thrown thrown = error.error();
    if (thrown == null) {
      return new FailureText(null, error.label(), null);
    }
    return new FailureText(
        thrown.type(), thrown.message() == null ? error.label() : thrown.message(), stack(thrown));
  }

  /** As {@code issues.promotion.IssueFailures} reads it. */
  private static @Nullable String stack(Thrown thrown) {
    String calls = thrown.originalStack() == null ? thrown.stack() : thrown.originalStack();
    String all =
        Stream.of(calls, thrown.cause() == null ? null : "Caused by: " + thrown.cause())
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n"));
    return BrowserStack.hasPlaces(all) ? all : null;
  }
}
