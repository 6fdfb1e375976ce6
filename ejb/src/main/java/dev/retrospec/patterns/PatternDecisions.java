package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what people say about patterns: what they are, and what they are the same as. */
@ApplicationScoped
public class PatternDecisions {

  /** A paragraph; more belongs in a ticket. */
  public static final int MAX_NOTE_LENGTH = 2_000;

  private static final int MAX_PERSON_LENGTH = 200;

  private final DecidedPatterns decided;
  private final PatternQueries queries;
  private final Patterns patterns;
  private final PatternLinks links;
  private final SignatureStore store;
  private final Event<PatternMerged> merged;
  private final Clock clock;

  @Inject
  public PatternDecisions(
      DecidedPatterns decided,
      PatternQueries queries,
      Patterns patterns,
      PatternLinks links,
      SignatureStore store,
      Event<PatternMerged> merged,
      Clock clock) {
    this.decided = decided;
    this.queries = queries;
    this.patterns = patterns;
    this.links = links;
    this.store = store;
    this.merged = merged;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternDecisions() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * What somebody decides.
   *
   * @param decision null takes an earlier one back
   * @param note null leaves it, empty clears it
   * @param by who decides
   * @param expectedVersion the version the decision was made on; null: whatever it is
   */
  public record Change(
      @Nullable PatternDecision decision,
      @Nullable String note,
      String by,
      @Nullable Integer expectedVersion) {

    public Change {
      if (note != null && note.length() > MAX_NOTE_LENGTH) {
        throw new InvalidRequest("note must be at most " + MAX_NOTE_LENGTH + " characters");
      }
      if (by.length() > MAX_PERSON_LENGTH) {
        throw new InvalidRequest("decidedBy must be at most " + MAX_PERSON_LENGTH + " characters");
      }
    }
  }

  /**
   * Decides what a pattern is.
   *
   * @throws NotFound when the project has no such pattern
   * @throws ChangedMeanwhile when the expected version is not the stored one
   */
  @Transactional
  public PatternView decide(ProjectId project, PatternId pattern, Change change) {
    PatternView before = existing(project, pattern);
    if (!decided.decide(project, pattern, change, clock.instant())) {
      throw new ChangedMeanwhile("The pattern");
    }
    return queries.find(project, pattern).orElse(before);
  }

  /**
   * Says that a pattern and an issue of production are one failure, or that they are not; then no
   * match links them again.
   *
   * @return the pattern's issues now
   * @throws NotFound when the project has no such pattern
   */
  @Transactional
  public List<LinkedIssue> issue(
      ProjectId project, PatternId pattern, ClusterKey issue, boolean same, String by) {
    patterns.lock(project); // because a run that is being remembered may link the two
    PatternView about = existing(project, pattern);
    Instant now = clock.instant();
    Double raw = raw(project, about, Origin.PRODUCTION, issue.value());
    links.rule(project, pattern, PatternLinks.Other.ISSUE, issue.value(), same, raw, by, now);
    if (same) {
      links.link(
          project, List.of(new PatternLinks.Link(pattern.value(), issue.value(), 1, by)), now);
    } else {
      links.unlink(project, pattern, issue);
    }
    return links.ofPatterns(project, List.of(pattern));
  }

  /**
   * Says that a pattern is the same failure as another one, which takes everything over, for good:
   * occurrences, issues and rules, and the decision and note where it has none.
   *
   * @param expectedVersion of the pattern that goes; null: whatever it is
   * @return the pattern that stays
   * @throws NotFound when the project has not both
   * @throws InvalidRequest when both are the same pattern
   * @throws ChangedMeanwhile when the expected version is not the stored one
   */
  @Transactional
  public PatternView merge(
      ProjectId project,
      PatternId source,
      PatternId target,
      @Nullable Integer expectedVersion,
      String by) {
    if (source.equals(target)) {
      throw new InvalidRequest("a pattern cannot be merged with itself");
    }
    patterns.lock(project);
    PatternView goes = existing(project, source);
    existing(project, target);
    if (expectedVersion != null
        && !decided.lockedVersion(project, source).equals(Optional.of(expectedVersion))) {
      throw new ChangedMeanwhile("The pattern");
    }
    Double raw = raw(project, goes, Origin.CI, target.value());
    links.rule(
        project,
        target,
        PatternLinks.Other.PATTERN,
        source.value(),
        true,
        raw,
        by,
        clock.instant());
    store.move(project, Origin.CI, source.value(), target.value());
    decided.merge(project, source, target);
    merged.fire(new PatternMerged(project, source, target));
    return existing(project, target);
  }

  /**
   * Says that two patterns are different failures: neither is named as being like the other again,
   * and the project's scale of likeness learns from it.
   *
   * @throws NotFound when the project has not both
   * @throws InvalidRequest when both are the same pattern
   */
  @Transactional
  public void apart(ProjectId project, PatternId one, PatternId other, String by) {
    if (one.equals(other)) {
      throw new InvalidRequest("a pattern is not different from itself");
    }
    PatternView about = existing(project, one);
    existing(project, other);
    Double raw = raw(project, about, Origin.CI, other.value());
    links.takeBack(project, one, PatternLinks.Other.PATTERN, other.value());
    links.rule(
        project, one, PatternLinks.Other.PATTERN, other.value(), false, raw, by, clock.instant());
  }

  /** Takes back that two patterns are different. */
  @Transactional
  public void takeBack(ProjectId project, PatternId one, PatternId other) {
    links.takeBack(project, one, PatternLinks.Other.PATTERN, other.value());
  }

  /** Takes back that a pattern is not this issue; it may be linked by likeness again. */
  @Transactional
  public void takeBack(ProjectId project, PatternId pattern, ClusterKey issue) {
    links.takeBack(project, pattern, PatternLinks.Other.ISSUE, issue.value());
  }

  private PatternView existing(ProjectId project, PatternId pattern) {
    return queries.find(project, pattern).orElseThrow(() -> new NotFound("Pattern"));
  }

  /** How alike the two were before anybody said so; the calibration learns from it. */
  private @Nullable Double raw(ProjectId project, PatternView about, Origin origin, String other) {
    FailureSignature signature = Signatures.of(PatternText.failure(about));
    Optional<Match> match =
        store.similar(project, signature, Search.of(Set.of(origin), 0, 100)).stream()
            .filter(one -> one.ownerId().equals(other))
            .findFirst();
    return match.map(one -> one.similarity().raw()).orElse(null);
  }
}
