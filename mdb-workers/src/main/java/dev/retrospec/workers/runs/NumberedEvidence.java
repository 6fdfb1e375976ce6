package dev.retrospec.workers.runs;

import dev.retrospec.privacy.SecretText;
import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.TestRunView;
import dev.retrospec.testruns.TestRunView.FailedTestView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told of a run, each piece with a number that it must name: F for failures, P for
 * failures of the past, D for pieces of the diff, A for the analysis by rules. Bounded, and
 * scrubbed once more, because it leaves the house.
 */
final class NumberedEvidence {

  private static final int MAX_FAILURES = 8;
  private static final int MAX_PATTERNS = 5;
  private static final int MAX_MESSAGE = 600;
  private static final int MAX_STACK = 1_400;
  private static final int MAX_DIFF = 8_000;
  private static final int MAX_DIFF_PIECE = 1_500;

  private final Map<String, String> pieces = new LinkedHashMap<>();

  private final SecretText secrets = new SecretText();

  private NumberedEvidence() {}

  static NumberedEvidence of(TestRunView run) {
    NumberedEvidence evidence = new NumberedEvidence();
    evidence.addFailures(run);
    evidence.addPatterns(run);
    evidence.addDiff(run.gitDiff());
    if (run.analysis() != null) {
      evidence.pieces.put("A1", evidence.cut(run.analysis(), 3_000));
    }
    return evidence;
  }

  private void addFailures(TestRunView run) {
    int number = 0;
    for (FailedTestView failed : run.failedTests()) {
      if (failed.isFlaky() || number == MAX_FAILURES) {
        continue;
      }
      pieces.put(
          "F" + ++number,
          "test "
              + cut(failed.testName(), MAX_MESSAGE)
              + (Boolean.TRUE.equals(failed.isNewOnBranch()) ? " (new on this branch)" : "")
              + (Boolean.FALSE.equals(failed.isNewOnBranch()) ? " (fails on the base too)" : "")
              + "\n"
              + cut(failed.errorMessage(), MAX_MESSAGE)
              + (failed.stackTrace() == null ? "" : "\n" + cut(failed.stackTrace(), MAX_STACK)));
    }
  }

  private void addPatterns(TestRunView run) {
    int number = 0;
    for (RunAnswer.SimilarPattern similar : run.answer().similarPatterns()) {
      if (number == MAX_PATTERNS) {
        break;
      }
      pieces.put(
          "P" + ++number,
          Math.round(similar.similarity() * 100)
              + "% like a failure seen "
              + similar.occurrenceCount()
              + " times: "
              + cut(similar.summary(), MAX_MESSAGE));
    }
  }

  /** A piece per file. */
  private void addDiff(@Nullable String diff) {
    if (diff == null) {
      return;
    }
    int number = 0;
    int used = 0;
    for (String file : secrets.redact(diff).split("(?m)(?=^diff --git )")) {
      if (used >= MAX_DIFF) {
        break;
      }
      String piece = cut(file.strip(), Math.min(MAX_DIFF_PIECE, MAX_DIFF - used));
      if (!piece.isEmpty()) {
        pieces.put("D" + ++number, piece);
        used += piece.length();
      }
    }
  }

  boolean has(String number) {
    return pieces.containsKey(number);
  }

  /** The first line of a piece, to be shown behind its number. */
  String headline(String number) {
    return pieces.getOrDefault(number, "").lines().findFirst().orElse("");
  }

  /** As the model reads it. */
  String text() {
    StringBuilder text = new StringBuilder();
    pieces.forEach(
        (number, piece) ->
            text.append('[').append(number).append("]\n").append(piece).append("\n\n"));
    return text.toString();
  }

  /** Redacted before it is cut, because half a secret is not recognised. */
  private String cut(String raw, int limit) {
    String text = secrets.redact(raw);
    if (text.length() <= limit) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
  }
}
