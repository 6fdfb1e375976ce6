package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds patterns for a text: a pasted failure, compared as failures are, or words. The better of
 * the two counts.
 */
@ApplicationScoped
public class PatternSearch {

  /** As the longest list that somebody reads. */
  public static final int MAX_RESULTS = 100;

  /** To have all of the words is not to be the same. */
  static final double MOST_BY_WORDS = 0.95;

  private final FoundPatterns patterns;
  private final WordCounts words;
  private final PatternLinks links;
  private final SignatureStore store;
  private final PatternConfig config;
  private final Scrubber scrubber = new Scrubber();

  @Inject
  public PatternSearch(
      FoundPatterns patterns,
      WordCounts words,
      PatternLinks links,
      SignatureStore store,
      PatternConfig config) {
    this.patterns = patterns;
    this.words = words;
    this.links = links;
    this.store = store;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternSearch() {
    this(null, null, null, null, null);
  }

  /** Where nobody says otherwise. */
  public double usualThreshold() {
    return config.similarityThreshold();
  }

  /**
   * @param q a failure or words, not blank
   * @param topK most results, 1 to {@value #MAX_RESULTS}
   * @param threshold least similarity, 0 to 1
   * @return the most similar first, of equal ones the more frequent
   * @throws InvalidRequest when one of them is out of range
   */
  @Transactional
  public List<PatternHit> search(ProjectId project, String q, int topK, double threshold) {
    String text = scrubber.scrubText(Question.checked(q));
    if (topK < 1 || topK > MAX_RESULTS) {
      throw new InvalidRequest("topK must be between 1 and " + MAX_RESULTS);
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new InvalidRequest("threshold must be between 0 and 1");
    }
    Map<PatternId, Double> similarity = new HashMap<>(byFailure(project, text, topK, threshold));
    Map<PatternId, PatternView> found = new LinkedHashMap<>();
    Question question = Question.of(project, text, words);
    for (PatternView pattern : patterns.byWords(project, question.all(), question.telling())) {
      found.put(pattern.id(), pattern);
      similarity.merge(pattern.id(), byWords(question, pattern), Math::max);
    }
    List<PatternId> unread =
        similarity.keySet().stream().filter(id -> !found.containsKey(id)).toList();
    patterns.byId(project, unread).forEach(pattern -> found.put(pattern.id(), pattern));
    return found.values().stream()
        .map(pattern -> new PatternHit(pattern.id(), similarity.get(pattern.id()), pattern))
        .filter(hit -> hit.similarity() >= threshold)
        .sorted(
            Comparator.comparingDouble((PatternHit hit) -> -hit.similarity())
                .thenComparingInt(hit -> -hit.pattern().occurrenceCount())
                .thenComparing(hit -> hit.id().value()))
        .limit(topK)
        .toList();
  }

  private Map<PatternId, Double> byFailure(
      ProjectId project, String text, int topK, double threshold) {
    Search search = new Search(Set.of(Origin.CI), links.calibration(project), threshold, topK);
    Map<PatternId, Double> found = new HashMap<>();
    for (Match match :
        store.similar(project, Signatures.of(new FailureText(null, text, null)), search)) {
      found.put(new PatternId(match.ownerId()), match.similarity().score());
    }
    return found;
  }

  private static double byWords(Question question, PatternView pattern) {
    return MOST_BY_WORDS
        * SearchWords.coverage(
            question.worth(),
            SearchWords.of(
                pattern.summary(),
                pattern.testName(),
                pattern.errorMessage(),
                pattern.errorType(),
                String.join(" ", pattern.affectedFiles())));
  }
}
