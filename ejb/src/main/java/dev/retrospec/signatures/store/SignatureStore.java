package dev.retrospec.signatures.store;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.HashedVector;
import dev.retrospec.signatures.Rarity;
import dev.retrospec.signatures.Scorer;
import dev.retrospec.signatures.Similarity;
import dev.retrospec.signatures.Terms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The signatures of all failures of a project, of CI and production alike. All methods take part in
 * the caller's transaction; what somebody puts is found by the same transaction at once.
 */
@ApplicationScoped
public class SignatureStore {

  /**
   * An owner's failure is remembered in so many shapes; further ones are found by their likeness.
   */
  public static final int MAX_SHAPES = 20;

  /** So many signatures are read for one question, those of the rarest terms first. */
  private static final int MAX_POSTINGS = 2_000;

  /** Even where all terms are common, the rarest so many are looked up. */
  private static final int MIN_TERMS = 2;

  private static final int RAREST_OF_A_KIND = 8;

  /** A shared variant's hash tells more than any word. */
  private static final double VARIANT_WEIGHT = 3;

  /** One failure that somebody looks at. */
  private static final StoredSignatures.Effort THOROUGH =
      new StoredSignatures.Effort(MAX_POSTINGS, 40, 100);

  /** Many failures of one run. */
  private static final StoredSignatures.Effort QUICK =
      new StoredSignatures.Effort(MAX_POSTINGS / 8, 0, 24);

  /** From here on a question is one of many. */
  private static final int MANY = 10;

  private final StoredSignatures rows;
  private final TermCounts counts;

  @Inject
  public SignatureStore(StoredSignatures rows, TermCounts counts) {
    this.rows = rows;
    this.counts = counts;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SignatureStore() {
    this(null, null);
  }

  /** Remembers one; the same for the same owner again changes nothing. */
  public void put(ProjectId project, Holding holding) {
    putAll(project, List.of(holding));
  }

  /** Remembers several in a few statements; beyond {@value #MAX_SHAPES} of an owner none. */
  public void putAll(ProjectId project, List<Holding> holdings) {
    if (holdings.isEmpty()) {
      return;
    }
    Set<String> owners = new HashSet<>();
    holdings.forEach(holding -> owners.add(holding.ownerId()));
    Map<StoredSignatures.Owner, Integer> held = new HashMap<>(rows.held(project, owners));
    List<Holding> wanted = new ArrayList<>();
    for (Holding holding : holdings) {
      var owner = new StoredSignatures.Owner(holding.origin(), holding.ownerId());
      if (held.merge(owner, 1, Integer::sum) <= MAX_SHAPES) {
        wanted.add(holding);
      }
    }
    List<Holding> added = rows.add(project, wanted);
    counts.add(
        project, added.stream().map(holding -> IndexTerms.of(holding.signature())).toList(), 1);
  }

  /** Forgets everything of these owners. */
  public void remove(ProjectId project, Origin origin, Collection<String> owners) {
    if (!owners.isEmpty()) {
      counts.add(project, rows.remove(project, origin, owners), -1);
    }
  }

  /** What one owner held is the other's from now on. */
  public void move(ProjectId project, Origin origin, String from, String to) {
    rows.move(project, origin, from, to);
    remove(project, origin, List.of(from));
  }

  /**
   * @return from those of the exact hashes that somebody holds to the owner who did so first
   */
  public Map<String, String> holders(
      ProjectId project, Set<Origin> origins, Collection<String> hashes) {
    return hashes.isEmpty() ? Map.of() : rows.holders(project, origins, hashes);
  }

  /** Who had a failure like this one, the most similar first. */
  public List<Match> similar(ProjectId project, FailureSignature signature, Search search) {
    return similarToEach(project, List.of(signature), search).get(0);
  }

  /**
   * The same for several failures, in three statements. From {@value #MANY} on it looks at fewer
   * candidates for each.
   *
   * @return an answer for each, in the same order
   */
  public List<List<Match>> similarToEach(
      ProjectId project, List<FailureSignature> signatures, Search search) {
    if (signatures.isEmpty()) {
      return List.of();
    }
    List<Set<Integer>> terms = signatures.stream().map(IndexTerms::of).toList();
    Frequencies known = counts.of(project, asked(signatures, terms));
    StoredSignatures.Effort effort = signatures.size() < MANY ? THOROUGH : QUICK;
    List<StoredSignatures.Question> questions = new ArrayList<>();
    for (int i = 0; i < signatures.size(); i++) {
      questions.add(
          new StoredSignatures.Question(
              telling(terms.get(i), known, effort.postings()), HashedVector.of(signatures.get(i))));
    }
    List<StoredSignatures.Candidate> candidates =
        rows.candidates(project, search.origins(), questions, effort);
    return scored(project, signatures, candidates, known, search);
  }

  /**
   * The same among these owners only, however they were found: the score is what counts.
   *
   * @param owners a few
   */
  public List<Match> among(
      ProjectId project, FailureSignature signature, Collection<String> owners, Search search) {
    if (owners.isEmpty()) {
      return List.of();
    }
    List<FailureSignature> wanted = List.of(signature);
    Frequencies known = counts.of(project, asked(wanted, List.of(IndexTerms.of(signature))));
    List<StoredSignatures.Candidate> candidates = rows.ofOwners(project, search.origins(), owners);
    return scored(project, wanted, candidates, known, search).get(0);
  }

  private List<List<Match>> scored(
      ProjectId project,
      List<FailureSignature> signatures,
      List<StoredSignatures.Candidate> candidates,
      Frequencies known,
      Search search) {
    List<StoredSignatures.Candidate> promising = promising(signatures, candidates, known, search);
    Rarity rarity = rarity(project, known, promising);
    List<Map<StoredSignatures.Owner, Similarity>> best = new ArrayList<>();
    signatures.forEach(signature -> best.add(new LinkedHashMap<>()));
    for (StoredSignatures.Candidate candidate : promising) {
      Similarity similarity =
          Scorer.score(
              signatures.get(candidate.place()),
              candidate.signature(),
              rarity,
              search.calibration());
      if (similarity.score() >= search.threshold()) {
        best.get(candidate.place())
            .merge(
                new StoredSignatures.Owner(candidate.origin(), candidate.ownerId()),
                similarity,
                (one, other) -> other.score() > one.score() ? other : one);
      }
    }
    return best.stream().map(owners -> ranked(owners, search.topK())).toList();
  }

  /**
   * Those that reach the threshold at best. A score is highest when what only the candidate holds
   * stands everywhere, so that terms which nobody asked about need not be counted for the others.
   */
  private static List<StoredSignatures.Candidate> promising(
      List<FailureSignature> signatures,
      List<StoredSignatures.Candidate> candidates,
      Frequencies asked,
      Search search) {
    Rarity atBest = asked.rarityAtBest();
    return candidates.stream()
        .filter(
            candidate ->
                Scorer.score(
                            signatures.get(candidate.place()),
                            candidate.signature(),
                            atBest,
                            search.calibration())
                        .score()
                    >= search.threshold())
        .toList();
  }

  private static List<Match> ranked(Map<StoredSignatures.Owner, Similarity> owners, int topK) {
    return owners.entrySet().stream()
        .map(each -> new Match(each.getKey().origin(), each.getKey().id(), each.getValue()))
        .sorted(
            Comparator.comparingDouble((Match match) -> -match.similarity().score())
                .thenComparingDouble(match -> -match.similarity().raw()))
        .limit(topK)
        .toList();
  }

  /** The rarest of each kind with their weights, as many as may be read. */
  private static Map<Integer, Double> telling(Set<Integer> terms, Frequencies known, int postings) {
    Rarity rarity = known.rarity();
    Map<Integer, Integer> taken = new HashMap<>();
    Map<Integer, Double> telling = new LinkedHashMap<>();
    int read = 0;
    List<Integer> rarestFirst =
        terms.stream()
            .filter(term -> known.count(term) > 0)
            .sorted(Comparator.comparingInt(known::count))
            .toList();
    for (int term : rarestFirst) {
      read += known.count(term);
      if (read > postings && telling.size() >= MIN_TERMS) {
        break;
      }
      if (taken.merge(kind(term), 1, Integer::sum) <= mostOf(term)) {
        double weight = rarity.idf(term);
        telling.put(term, IndexTerms.isVariant(term) ? weight * VARIANT_WEIGHT : weight);
      }
    }
    return telling;
  }

  private static int kind(int term) {
    return term >>> 30;
  }

  private static int mostOf(int term) {
    return IndexTerms.isVariant(term) || Terms.kind(term) == Terms.Kind.BAND
        ? Integer.MAX_VALUE
        : RAREST_OF_A_KIND;
  }

  private static Set<Integer> asked(List<FailureSignature> signatures, List<Set<Integer>> indexed) {
    Set<Integer> asked = new HashSet<>();
    indexed.forEach(asked::addAll);
    signatures.forEach(signature -> asked.addAll(Terms.weighed(signature)));
    return asked;
  }

  private Rarity rarity(
      ProjectId project, Frequencies asked, List<StoredSignatures.Candidate> candidates) {
    Set<Integer> others = new HashSet<>();
    candidates.forEach(candidate -> others.addAll(Terms.weighed(candidate.signature())));
    others.removeAll(asked.terms());
    return others.isEmpty() ? asked.rarity() : asked.and(counts.of(project, others)).rarity();
  }
}
