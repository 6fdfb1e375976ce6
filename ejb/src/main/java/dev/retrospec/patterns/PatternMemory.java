package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.privacy.SecretText;
import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Holding;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes failures of test runs in: each joins the pattern it is the same as, or begins one. Takes
 * part in the caller's transaction and makes a project's other callers wait until that ends, so
 * that two runs with the same new failure make one pattern. About twelve statements, however many
 * failures.
 */
@ApplicationScoped
public class PatternMemory {

  /**
   * So many different new failures of one run are compared with all that was seen before; a run
   * with more of them has one cause that no comparison is needed for. The others are recognised
   * when they come again.
   */
  static final int MAX_COMPARED = 200;

  private static final int MAX_SIMILAR = 10;

  private final Patterns patterns;
  private final PatternLinks links;
  private final WordCounts words;
  private final SignatureStore store;
  private final EmbeddingRequests embedding;
  private final PatternConfig config;
  private final Clock clock;
  private final SecretText secrets = new SecretText();

  @Inject
  public PatternMemory(
      Patterns patterns,
      PatternLinks links,
      WordCounts words,
      SignatureStore store,
      EmbeddingRequests embedding,
      PatternConfig config,
      Clock clock) {
    this.patterns = patterns;
    this.links = links;
    this.words = words;
    this.store = store;
    this.embedding = embedding;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternMemory() {
    this(null, null, null, null, null, null, null);
  }

  /** A test that failed, with what its failure looks like. */
  private record Failing(Occurrence occurrence, FailureText text, FailureSignature signature) {

    Patterns.Place place() {
      return new Patterns.Place(occurrence.run(), occurrence.testName());
    }
  }

  /**
   * Remembers failing tests; what was remembered of the same test in the same run stands.
   *
   * @return where each ended up, in the same order
   */
  public List<Remembered> remember(ProjectId project, List<Occurrence> occurrences) {
    if (occurrences.isEmpty()) {
      return List.of();
    }
    List<Failing> failing = read(occurrences);
    patterns.lock(project);
    Map<Patterns.Place, PatternId> before = patterns.remembered(project, runs(occurrences));
    Map<Patterns.Place, Failing> fresh = new LinkedHashMap<>();
    failing.stream()
        .filter(one -> !before.containsKey(one.place()))
        .forEach(one -> fresh.putIfAbsent(one.place(), one));
    Map<String, Verdict> verdicts = judge(project, fresh.values());
    PatternAnswers answers =
        PatternAnswers.read(
            project,
            verdicts.values(),
            before.values(),
            patterns,
            links,
            config.similarityThreshold());
    write(project, fresh.values(), verdicts, before);

    Map<Patterns.Place, Remembered> remembered = new HashMap<>();
    fresh.forEach(
        (place, one) -> remembered.put(place, answers.of(verdicts.get(hash(one)), one.signature)));
    return failing.stream()
        .map(
            one ->
                Optional.ofNullable(remembered.get(one.place()))
                    .orElseGet(() -> answers.again(before.get(one.place()), one.signature)))
        .toList();
  }

  /** Runs repeat themselves: equal texts are read once. */
  private List<Failing> read(List<Occurrence> occurrences) {
    Map<FailureText, Failing> read = new HashMap<>();
    List<Failing> failing = new ArrayList<>(occurrences.size());
    for (Occurrence occurrence : occurrences) {
      Failing known =
          read.computeIfAbsent(
              occurrence.failure(),
              failure -> {
                FailureText text = PatternText.scrubbed(failure, secrets);
                return new Failing(occurrence, text, Signatures.of(text));
              });
      failing.add(new Failing(occurrence, known.text, known.signature));
    }
    return failing;
  }

  private static Set<TestRunId> runs(List<Occurrence> occurrences) {
    Set<TestRunId> runs = new HashSet<>();
    occurrences.forEach(occurrence -> runs.add(occurrence.run()));
    return runs;
  }

  private static String hash(Failing one) {
    return one.signature.exactHash();
  }

  private Map<String, Verdict> judge(ProjectId project, Collection<Failing> fresh) {
    Map<String, FailureSignature> signatures = new LinkedHashMap<>();
    fresh.forEach(one -> signatures.putIfAbsent(hash(one), one.signature));
    Map<String, Verdict> verdicts = new HashMap<>();
    store
        .holders(project, Set.of(Origin.CI), signatures.keySet())
        .forEach(
            (hash, owner) ->
                verdicts.put(hash, new Verdict(new PatternId(owner), false, 1, true, List.of())));
    signatures.keySet().removeAll(verdicts.keySet());
    if (!signatures.isEmpty()) {
      verdicts.putAll(compare(project, List.copyOf(signatures.values())));
    }
    return verdicts;
  }

  private Map<String, Verdict> compare(ProjectId project, List<FailureSignature> unknown) {
    Calibration calibration = links.calibration(project);
    FailureGroups.Grouping groups =
        FailureGroups.of(unknown, calibration, config.similarityThreshold());
    List<FailureSignature> leaders = groups.leaders();
    List<List<Match>> matches =
        new ArrayList<>(
            store.similarToEach(
                project,
                leaders.subList(0, Math.min(MAX_COMPARED, leaders.size())),
                new Search(
                    Set.of(Origin.CI, Origin.PRODUCTION),
                    calibration,
                    PatternConfig.LISTED,
                    MAX_SIMILAR)));
    matches.addAll(Collections.nCopies(leaders.size() - matches.size(), List.of()));
    List<Verdict> ofLeaders = matches.stream().map(this::verdict).toList();
    Map<String, Verdict> verdicts = new HashMap<>();
    for (int i = 0; i < unknown.size(); i++) {
      FailureGroups.Place place = groups.places().get(i);
      Verdict leader = ofLeaders.get(place.leader());
      verdicts.put(
          unknown.get(i).exactHash(),
          new Verdict(
              leader.pattern(),
              leader.isNew(),
              Math.min(leader.similarity(), place.similarity()),
              false,
              leader.matches()));
    }
    return verdicts;
  }

  /** Of two patterns that resemble it nearly alike, a failure joins none: both are shown. */
  private Verdict verdict(List<Match> matches) {
    List<Match> same = NearlyAlike.best(matches, Origin.CI, config.similarityThreshold());
    return same.size() == 1
        ? new Verdict(
            new PatternId(same.get(0).ownerId()),
            false,
            same.get(0).similarity().score(),
            false,
            matches)
        : new Verdict(PatternId.mint(), true, 1, false, matches);
  }

  private void write(
      ProjectId project,
      Collection<Failing> fresh,
      Map<String, Verdict> verdicts,
      Map<Patterns.Place, PatternId> before) {
    PatternIntake intake = new PatternIntake(project, secrets);
    before.forEach((place, pattern) -> intake.hadBefore(pattern, place.testRunId()));
    Set<String> kept = new HashSet<>();
    List<Holding> shapes = new ArrayList<>();
    Map<String, PatternLinks.Link> found = new LinkedHashMap<>();
    for (Failing one : fresh) {
      Verdict verdict = verdicts.get(hash(one));
      intake.take(
          one.occurrence,
          one.text,
          one.signature,
          verdict.pattern(),
          verdict.isNew(),
          verdict.similarity());
      if (!verdict.exact() && kept.add(hash(one))) {
        shapes.add(
            new Holding(Origin.CI, verdict.pattern().value(), one.signature, one.occurrence.at()));
        issues(verdict).forEach(link -> found.putIfAbsent(link.pattern() + link.issue(), link));
      }
    }
    patterns.add(project, intake.newPatterns());
    intake.newPatterns().stream()
        .findFirst()
        .ifPresent(it -> embedding.came(project, ModelVectors.Kind.PATTERN, it.id()));
    words.add(project, intake.newWords(), 1);
    patterns.occurred(project, intake.occurrences());
    patterns.seen(project, intake.seen());
    store.putAll(project, shapes);
    links.link(project, found.values(), clock.instant());
  }

  private List<PatternLinks.Link> issues(Verdict verdict) {
    return verdict.matches().stream()
        .filter(match -> match.origin() == Origin.PRODUCTION)
        .filter(match -> match.similarity().score() >= config.similarityThreshold())
        .map(
            match ->
                new PatternLinks.Link(
                    verdict.pattern().value(),
                    match.ownerId(),
                    match.similarity().score(),
                    LinkedIssue.BY_MATCH))
        .toList();
  }
}
