package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.openai.ModelVector;
import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Patterns that are near by the model's vectors, as candidates: what is the same the rules say. */
@ApplicationScoped
public class ModelNeighbours {

  private static final int MAX_CANDIDATES = 20;
  private static final int MAX_SIMILAR = 10;

  private final ModelVectors vectors;
  private final FoundPatterns patterns;
  private final PatternLinks links;
  private final SignatureStore store;

  @Inject
  public ModelNeighbours(
      ModelVectors vectors, FoundPatterns patterns, PatternLinks links, SignatureStore store) {
    this.vectors = vectors;
    this.patterns = patterns;
    this.links = links;
    this.store = store;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ModelNeighbours() {
    this(null, null, null, null);
  }

  /** Those that were seen before this one and nobody called different, the most similar first. */
  List<FoundAlike> olderThan(ProjectId project, PatternView pattern, ModelVector vector) {
    List<PatternId> near =
        vectors.nearest(project, ModelVectors.Kind.PATTERN, vector, MAX_CANDIDATES).stream()
            .map(neighbour -> new PatternId(neighbour.ownerId()))
            .toList();
    Set<String> refused =
        links.refused(project, List.of(pattern.id())).stream()
            .map(Refused::otherId)
            .collect(Collectors.toSet());
    List<String> older =
        patterns.byId(project, near).stream()
            .filter(other -> other.firstSeen().isBefore(pattern.firstSeen()))
            .map(other -> other.id().value())
            .filter(id -> !refused.contains(id))
            .toList();
    FailureSignature signature = Signatures.of(PatternText.failure(pattern));
    Calibration calibration = links.calibration(project);
    Search search = new Search(Set.of(Origin.CI), calibration, PatternConfig.LISTED, MAX_SIMILAR);
    return store.among(project, signature, older, search).stream()
        .map(
            match ->
                new FoundAlike(
                    pattern.id(),
                    new PatternId(match.ownerId()),
                    match.similarity().score(),
                    Why.of(match.similarity(), false)))
        .toList();
  }
}
