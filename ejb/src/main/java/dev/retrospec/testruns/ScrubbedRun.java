package dev.retrospec.testruns;

import dev.retrospec.privacy.SecretText;
import dev.retrospec.testruns.TestResult.Attachment;
import dev.retrospec.testruns.TestResult.Attempt;
import dev.retrospec.testruns.TestResult.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a submitted run what may be stored: secrets and personal data are taken out of every
 * text that a program wrote, long texts are cut, a test stands in it once. The author stays: a
 * report needs somebody to go to.
 */
final class ScrubbedRun {

  static final int MAX_TEST_NAME = 500;
  static final int MAX_MESSAGE = 8_000;
  static final int MAX_STACK = 32_000;

  /** A diff is read whole, but only this much of it is stored. */
  static final int MAX_DIFF = 400_000;

  private static final int MAX_OUTPUT = 4_000;
  private static final int MAX_TYPE = 300;
  private static final int MAX_URL = 2_000;

  private final SecretText secrets = new SecretText();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private ScrubbedRun() {}

  static NewTestRun of(NewTestRun run) {
    return new ScrubbedRun().scrub(run);
  }

  private NewTestRun scrub(NewTestRun run) {
    String diff = run.gitDiff() == null ? null : redacted(run.gitDiff(), MAX_DIFF);
    SnapshotUrls urls = run.snapshotUrls();
    return new NewTestRun(
        run.id(),
        run.idempotencyKey(),
        run.source(),
        run.repository(),
        run.commitHash(),
        run.branch(),
        run.job(),
        run.baseBranch(),
        run.author(),
        run.status(),
        run.prNumber(),
        diff,
        new SnapshotUrls(
            url(urls.screenshot()), url(urls.htmlDump()), url(urls.har()), url(urls.consoleLogs())),
        run.runUrl() == null ? null : secrets.redactLink(run.runUrl()),
        run.durationMs(),
        run.quiet(),
        once(run.results()));
  }

  /** A test that is listed several times was tried several times, in that order. */
  private List<TestResult> once(List<TestResult> results) {
    Map<String, TestResult> byName = new LinkedHashMap<>();
    Map<String, String> known = new HashMap<>();
    for (TestResult result : results) {
      TestResult clean = scrub(result, known);
      byName.merge(clean.name(), clean, ScrubbedRun::joined);
    }
    return List.copyOf(byName.values());
  }

  private static TestResult joined(TestResult one, TestResult other) {
    return new TestResult(
        one.name(),
        one.suite(),
        one.file(),
        Stream.concat(one.attempts().stream(), other.attempts().stream()).limit(50).toList(),
        one.attachments(),
        one.output());
  }

  private TestResult scrub(TestResult result, Map<String, String> known) {
    return new TestResult(
        name(result.name()),
        redacted(result.suite(), MAX_TEST_NAME),
        result.file() == null ? null : redacted(result.file(), MAX_TEST_NAME),
        result.attempts().stream().map(attempt -> scrub(attempt, known)).toList(),
        result.attachments().stream()
            .map(
                file ->
                    new Attachment(
                        redacted(file.name(), MAX_TEST_NAME), redacted(file.path(), MAX_URL)))
            .toList(),
        result.output() == null ? null : text(result.output(), MAX_OUTPUT, known));
  }

  private Attempt scrub(Attempt attempt, Map<String, String> known) {
    Failure failure = attempt.failure();
    return failure == null
        ? attempt
        : new Attempt(
            attempt.status(),
            attempt.durationMs(),
            new Failure(
                failure.type() == null ? null : cut(failure.type(), MAX_TYPE),
                text(failure.message(), MAX_MESSAGE, known),
                failure.stack() == null
                    ? null
                    : known.computeIfAbsent(
                        ends(failure.stack(), 2 * MAX_STACK),
                        stack -> ends(secrets.redact(stack), MAX_STACK))));
  }

  /** When five thousand tests fail, they fail with the same words. */
  private String text(String text, int limit, Map<String, String> known) {
    return cut(known.computeIfAbsent(cut(text, 2 * limit), secrets::redact), limit);
  }

  /** Twice the room before it is redacted, because half a secret at the cut is not recognised. */
  private String redacted(String text, int limit) {
    return cut(secrets.redact(cut(text, 2 * limit)), limit);
  }

  private @Nullable String url(@Nullable String url) {
    return url == null || url.isBlank() || url.length() > MAX_URL || !url.matches("https?://\\S+")
        ? null
        : secrets.redactLink(url);
  }

  /** Names that differ by a secret only stay different. */
  private String name(String name) {
    return names.computeIfAbsent(
        name.strip(),
        raw -> {
          String clean = secrets.redact(raw);
          String kept = shortened(clean);
          for (int same = 2; !clean.equals(raw) && taken.contains(kept); same++) {
            kept = shortened(clean + " (" + same + ")");
          }
          taken.add(kept);
          return kept;
        });
  }

  /** Long names stay different when they are cut. */
  private static String shortened(String stripped) {
    return stripped.length() <= MAX_TEST_NAME
        ? stripped
        : cut(stripped, MAX_TEST_NAME - 12) + "…#" + Integer.toHexString(stripped.hashCode());
  }

  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
  }

  private static String ends(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int from = text.length() - limit / 4;
    return cut(text, limit / 4 * 3)
        + "\n…\n"
        + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
  }
}
