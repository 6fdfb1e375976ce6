package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.patterns.PatternView;
import dev.retrospec.patterns.SimilarPattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern may be the same failure as, and what people said it is not.
 *
 * @param alike other patterns, the most similar first
 * @param found patterns that the reader searched for; null when none was searched for
 * @param issues of production that it resembles, the most similar first
 * @param foundIssues that the reader searched for; null when none was searched for
 * @param refused the latest first
 * @param into the pattern that the reader thinks of merging this one with
 */
public record PatternTies(
    List<SimilarPattern> alike,
    @Nullable List<FoundPattern> found,
    List<Candidate> issues,
    @Nullable List<Candidate> foundIssues,
    List<RefusedTie> refused,
    @Nullable PatternView into) {

  public PatternTies {
    alike = List.copyOf(alike);
    found = found == null ? null : List.copyOf(found);
    issues = List.copyOf(issues);
    foundIssues = foundIssues == null ? null : List.copyOf(foundIssues);
    refused = List.copyOf(refused);
  }

  /**
   * A pattern that was searched for.
   *
   * @param similarity with the searched text, 0 to 1; null of one that was named
   */
  public record FoundPattern(PatternView pattern, @Nullable Double similarity) {}

  /**
   * An issue of production that could be linked.
   *
   * @param similarity with the pattern, 0 to 1; null of one that was searched for
   */
  public record Candidate(
      ClusterKey key,
      String symptom,
      String state,
      String kind,
      String route,
      int userCount,
      int sessionCount,
      Instant lastSeenAt,
      @Nullable Double similarity) {}

  /** Something that this pattern is not, as {@code decidedBy} said. */
  public record RefusedTie(
      boolean isIssue, String otherId, String name, String decidedBy, Instant decidedAt) {}
}
