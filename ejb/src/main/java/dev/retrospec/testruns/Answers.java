package dev.retrospec.testruns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.patterns.Why;
import dev.retrospec.recommendations.RecommendedTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes of what was found what the submitter is told. */
final class Answers {

  /** As many as anybody reads; the run's page has the others. */
  private static final int MAX_PATTERNS = 20;

  private static final int MAX_FAILURES = 500;

  private Answers() {}

  static RunAnswer of(
      TestRunId run,
      List<RedTest> reds,
      List<RecommendedTest> recommended,
      List<RunAnswer.ProductionIssue> issues,
      String analysis,
      double threshold) {
    Map<PatternId, String> testOf = new HashMap<>();
    Map<PatternId, Double> most = new HashMap<>();
    for (RedTest red : reds) {
      for (SimilarPattern similar : red.similar()) {
        if (similar.similarity() > most.getOrDefault(similar.patternId(), -1.0)) {
          most.put(similar.patternId(), similar.similarity());
          testOf.put(similar.patternId(), red.result().name());
        }
      }
    }
    List<RunAnswer.SimilarPattern> similar = new ArrayList<>();
    List<RunAnswer.SimilarPattern> related = new ArrayList<>();
    for (SimilarPattern one : RunFindings.mostSimilar(reds)) {
      List<RunAnswer.SimilarPattern> list = one.similarity() >= threshold ? similar : related;
      if (list.size() < MAX_PATTERNS) {
        list.add(told(one, testOf.getOrDefault(one.patternId(), "")));
      }
    }
    return new RunAnswer(
        run,
        similar,
        related,
        recommended.stream()
            .map(
                one ->
                    new RunAnswer.RecommendedTest(
                        one.testName(), one.reason(), one.confidenceScore()))
            .toList(),
        reds.stream().limit(MAX_FAILURES).map(RedTest::told).toList(),
        issues,
        analysis);
  }

  private static RunAnswer.SimilarPattern told(SimilarPattern similar, String testName) {
    return new RunAnswer.SimilarPattern(
        similar.patternId(),
        Math.round(similar.similarity() * 1_000) / 1_000.0,
        similar.summary(),
        similar.occurrenceCount(),
        similar.lastSeen(),
        testName,
        inWords(similar.why()),
        similar.issue());
  }

  /** Such as {@code frames .92, message .71, same exception; both run through CartTest.adds}. */
  static String inWords(Why why) {
    if (why.exact()) {
      return "the same failure once paths, numbers and dates are taken away";
    }
    List<String> parts = new ArrayList<>();
    if (why.frames() > 0) {
      parts.add("frames " + rounded(why.frames()));
    }
    parts.add("message " + rounded(why.message()));
    parts.add(why.type() >= 1 ? "same exception" : "exception " + rounded(why.type()));
    if (why.codesDiffer()) {
      parts.add("but other error codes");
    }
    String shared =
        !why.sharedFrames().isEmpty()
            ? "; both run through " + why.sharedFrames().get(0)
            : !why.sharedWords().isEmpty()
                ? "; both say “"
                    + String.join(" ", why.sharedWords().stream().limit(4).toList())
                    + "”"
                : "";
    return String.join(", ", parts) + shared;
  }

  private static String rounded(double part) {
    return String.format(Locale.ROOT, "%.2f", part);
  }
}
