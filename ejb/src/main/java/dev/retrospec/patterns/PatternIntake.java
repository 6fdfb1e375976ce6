package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.privacy.SecretText;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.stacks.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds the failures of a run up to the rows that are to be written. */
final class PatternIntake {

  /** Of one run; the pattern itself keeps as many. */
  private static final int MAX_FILES = 100;

  private final ProjectId project;
  private final SecretText secrets;
  private final Map<PatternId, Patterns.NewPattern> created = new LinkedHashMap<>();
  private final List<Patterns.NewOccurrence> occurrences = new ArrayList<>();
  private final Map<PatternId, Sum> sums = new LinkedHashMap<>();
  private final Set<PatternRun> runs = new HashSet<>();

  private record PatternRun(PatternId pattern, TestRunId run) {}

  private static final class Sum {

    private int occurrences;
    private int runs;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private final Set<String> branches = new LinkedHashSet<>();
    private final Set<String> authors = new LinkedHashSet<>();
    private final Set<String> files = new LinkedHashSet<>();
  }

  PatternIntake(ProjectId project, SecretText secrets) {
    this.project = project;
    this.secrets = secrets;
  }

  /** The run counts for this pattern already. */
  void hadBefore(PatternId pattern, TestRunId run) {
    runs.add(new PatternRun(pattern, run));
  }

  void take(
      Occurrence occurrence,
      FailureText text,
      FailureSignature signature,
      PatternId pattern,
      boolean isNew,
      double similarity) {
    if (isNew) {
      created.computeIfAbsent(pattern, id -> newPattern(id, occurrence, text, signature));
    }
    occurrences.add(
        new Patterns.NewOccurrence(
            occurrence.run().value(),
            occurrence.testName(),
            pattern.value(),
            occurrence.commit(),
            occurrence.branch(),
            occurrence.author(),
            similarity,
            occurrence.at()));
    add(sums.computeIfAbsent(pattern, unused -> new Sum()), occurrence, signature, pattern);
  }

  private void add(Sum sum, Occurrence occurrence, FailureSignature signature, PatternId pattern) {
    sum.occurrences++;
    sum.runs += runs.add(new PatternRun(pattern, occurrence.run())) ? 1 : 0;
    sum.first = occurrence.at().isBefore(sum.first) ? occurrence.at() : sum.first;
    sum.last = occurrence.at().isAfter(sum.last) ? occurrence.at() : sum.last;
    addTold(sum.branches, occurrence.branch());
    addTold(sum.authors, occurrence.author());
    if (sum.files.size() < MAX_FILES) {
      signature.frames().stream()
          .filter(Frame::inApp)
          .forEach(frame -> addTold(sum.files, frame.file()));
      occurrence.changedFiles().stream().limit(MAX_FILES).forEach(file -> addTold(sum.files, file));
    }
  }

  private static void addTold(Set<String> labels, String label) {
    if (!label.isBlank()) {
      labels.add(label);
    }
  }

  private Patterns.NewPattern newPattern(
      PatternId id, Occurrence occurrence, FailureText failure, FailureSignature signature) {
    PatternText text = PatternText.of(failure, secrets);
    String summary = text.summary(signature.type());
    String calls =
        String.join(" ", signature.tellingFrames().stream().limit(8).map(Frame::token).toList());
    Set<String> words =
        SearchWords.of(
            summary,
            occurrence.testName(),
            text.message(),
            text.type(),
            calls,
            String.join(" ", occurrence.changedFiles().stream().limit(20).toList()));
    return new Patterns.NewPattern(
        id.value(),
        summary,
        text.type().isEmpty() ? signature.type() : text.type(),
        text.message(),
        text.stack(),
        occurrence.testName(),
        SearchWords.ids(project, words),
        occurrence.at());
  }

  List<Patterns.NewPattern> newPatterns() {
    return List.copyOf(created.values());
  }

  List<Collection<Integer>> newWords() {
    return created.values().stream().map(Patterns.NewPattern::words).toList();
  }

  List<Patterns.NewOccurrence> occurrences() {
    return occurrences;
  }

  List<Patterns.Seen> seen() {
    List<Patterns.Seen> seen = new ArrayList<>();
    sums.forEach(
        (pattern, sum) ->
            seen.add(
                new Patterns.Seen(
                    pattern.value(),
                    sum.occurrences,
                    sum.runs,
                    sum.first,
                    sum.last,
                    sum.branches,
                    sum.authors,
                    sum.files)));
    return seen;
  }
}
