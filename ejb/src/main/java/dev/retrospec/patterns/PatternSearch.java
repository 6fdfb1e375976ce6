package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.openai.Embeddings;
import dev.retrospec.patterns.openai.ModelVector;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.SecretText;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds patterns for a text: a pasted failure, compared as failures are, or words. The better of
 * the two counts. Where a model is set, what it finds near is compared in both ways too, and words
 * count for more ({@link WordsAndModel}).
 */
@ApplicationScoped
public class PatternSearch {

  /** As the longest list that somebody reads. */
  public static final int MAX_RESULTS = 100;

  private static final int MAX_CANDIDATES = 200;

  /** By the model's vectors. */
  private static final int MAX_NEAR = 40;

  private final FoundPatterns patterns;
  private final WordCounts words;
  private final PatternLinks links;
  private final SignatureStore store;
  private final Embeddings embeddings;
  private final ModelVectors vectors;
  private final PatternConfig config;
  private final SecretText secrets = new SecretText();

  @Inject
  public PatternSearch(
      FoundPatterns patterns,
      WordCounts words,
      PatternLinks links,
      SignatureStore store,
      Embeddings embeddings,
      ModelVectors vectors,
      PatternConfig config) {
    this.patterns = patterns;
    this.words = words;
    this.links = links;
    this.store = store;
    this.embeddings = embeddings;
    this.vectors = vectors;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternSearch() {
    this(null, null, null, null, null, null, null);
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
    String text = secrets.redact(Question.checked(q));
    if (topK < 1 || topK > MAX_RESULTS) {
      throw new InvalidRequest("topK must be between 1 and " + MAX_RESULTS);
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new InvalidRequest("threshold must be between 0 and 1");
    }
    // Before the first statement, so that no connection waits for the model.
    Optional<ModelVector> vector = embeddings.ofQuestion(text);
    Map<PatternId, Double> near = near(project, vector);
    Map<PatternId, Double> byFailure = byFailure(project, text, near.keySet(), topK, threshold);
    Question question = Question.of(project, text, words);
    Map<PatternId, PatternView> found = new LinkedHashMap<>();
    for (PatternView pattern : patterns.byWords(project, question.all(), question.telling())) {
      found.put(pattern.id(), pattern);
    }
    List<PatternId> candidates =
        ReciprocalRank.fused(
            MAX_CANDIDATES,
            List.of(
                List.copyOf(byFailure.keySet()),
                List.copyOf(found.keySet()),
                List.copyOf(near.keySet())));
    List<PatternId> unread = candidates.stream().filter(id -> !found.containsKey(id)).toList();
    patterns.byId(project, unread).forEach(pattern -> found.put(pattern.id(), pattern));
    return candidates.stream()
        .filter(found::containsKey)
        .map(
            id ->
                new PatternHit(
                    id,
                    Math.max(
                        byFailure.getOrDefault(id, 0.0),
                        WordsAndModel.similarity(
                            coverage(question, found.get(id)), near.getOrDefault(id, 0.0))),
                    found.get(id)))
        .filter(hit -> hit.similarity() >= threshold)
        .sorted(
            Comparator.comparingDouble((PatternHit hit) -> -hit.similarity())
                .thenComparingInt(hit -> -hit.pattern().occurrenceCount())
                .thenComparing(hit -> hit.id().value()))
        .limit(topK)
        .toList();
  }

  /** The nearest first, with their cosines. */
  private Map<PatternId, Double> near(ProjectId project, Optional<ModelVector> vector) {
    Map<PatternId, Double> near = new LinkedHashMap<>();
    vector.ifPresent(
        wanted ->
            vectors
                .nearest(project, ModelVectors.Kind.PATTERN, wanted, MAX_NEAR)
                .forEach(one -> near.put(new PatternId(one.ownerId()), one.cosine())));
    return near;
  }

  /** The most similar first. */
  private Map<PatternId, Double> byFailure(
      ProjectId project, String text, Set<PatternId> near, int topK, double threshold) {
    Search search = new Search(Set.of(Origin.CI), links.calibration(project), threshold, topK);
    FailureSignature signature = Signatures.of(new FailureText(null, text, null));
    Map<PatternId, Double> found = new LinkedHashMap<>();
    List<String> candidates = near.stream().map(PatternId::value).toList();
    Stream.concat(
            store.similar(project, signature, search).stream(),
            store.among(project, signature, candidates, search).stream())
        .sorted(Comparator.comparingDouble(match -> -match.similarity().score()))
        .forEach(
            match -> found.putIfAbsent(new PatternId(match.ownerId()), match.similarity().score()));
    return found;
  }

  private static double coverage(Question question, PatternView pattern) {
    return SearchWords.coverage(
        question.worth(),
        SearchWords.of(
            pattern.summary(),
            pattern.testName(),
            pattern.errorMessage(),
            pattern.errorType(),
            String.join(" ", pattern.affectedFiles())));
  }
}
