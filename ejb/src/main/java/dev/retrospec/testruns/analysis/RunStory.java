package dev.retrospec.testruns.analysis;

import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.testruns.analysis.RunCase.Failure;
import dev.retrospec.testruns.analysis.RunCase.Fix;
import dev.retrospec.testruns.analysis.RunCase.Past;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells a run in a few lines of Markdown, the most useful first. */
public final class RunStory {

  private static final int MAX_MESSAGE = 160;
  private static final int SHORT_HASH = 10;
  private static final int MAX_CAUSES = 3;
  private static final int MAX_FILES = 3;

  private RunStory() {}

  /**
   * @param run with at least one failure
   */
  public static String tell(RunCase run) {
    List<String> lines = new ArrayList<>();
    lines.add(whatFailed(run));
    lines.addAll(causes(run));
    lines.add(whatChanged(run));
    whatItResembles(run).ifPresent(lines::add);
    whoMeetsIt(run).ifPresent(lines::add);
    whatHelped(run).ifPresent(lines::add);
    advice(run).ifPresent(lines::add);
    return String.join("\n\n", lines);
  }

  private static String whatFailed(RunCase run) {
    List<Failure> failures = run.failures();
    long flaky = failures.stream().filter(Failure::isFlaky).count();
    long red = failures.size() - flaky;
    int causes = byPattern(failures).size();
    StringBuilder text = new StringBuilder("**What failed:** ");
    if (red > 0) {
      text.append(count(red, "test"));
      long fresh =
          failures.stream().filter(one -> Boolean.TRUE.equals(one.isNewOnBranch())).count();
      long old = failures.stream().filter(one -> Boolean.FALSE.equals(one.isNewOnBranch())).count();
      if (run.baseBranch() != null && fresh + old > 0) {
        boolean isBase = run.baseBranch().equals(run.branch());
        text.append(" (")
            .append(fresh)
            .append(isBase ? " since this commit, " : " new on this branch, ");
        text.append(old).append(isBase ? " before" : " failing on " + run.baseBranch() + " too");
        text.append(")");
      }
      text.append(causes < failures.size() ? ", " + count(causes, "distinct failure") : "");
    }
    if (flaky > 0) {
      text.append(red > 0 ? "; " : "")
          .append(count(flaky, "test"))
          .append(" flaky: red, then green on the same code");
    }
    return text.append('.').toString();
  }

  private static List<String> causes(RunCase run) {
    List<String> lines = new ArrayList<>();
    byPattern(run.failures()).values().stream()
        .sorted(Comparator.comparingInt((List<Failure> group) -> group.size()).reversed())
        .limit(MAX_CAUSES)
        .forEach(group -> lines.add(cause(group, run.changed())));
    return lines;
  }

  private static String cause(List<Failure> group, List<ChangedFile> changed) {
    Failure first = group.get(0);
    StringBuilder text = new StringBuilder("- `").append(code(first.testName())).append('`');
    if (group.size() > 1) {
      text.append(" and ").append(count(group.size() - 1, "other test"));
    }
    text.append(": ").append(code(firstLine(first.message())));
    List<String> touched = touchedFrames(group, changed);
    if (!touched.isEmpty()) {
      text.append(". Its stack runs through `")
          .append(code(touched.get(0)))
          .append("`, which this change touches");
    }
    if (first.firstBadCommit() != null) {
      text.append(". Red since `").append(shortHash(first.firstBadCommit())).append('`');
      if (first.lastGoodCommit() != null) {
        text.append(", last green with `").append(shortHash(first.lastGoodCommit())).append('`');
      }
    }
    if (first.flakyScore() >= 0.3 && !first.isFlaky()) {
      text.append(". This test was flaky before (")
          .append(percent(first.flakyScore()))
          .append(" of its red runs)");
    }
    return text.append('.').toString();
  }

  /** The changed files in the stacks of a failure. */
  private static List<String> touchedFrames(List<Failure> group, List<ChangedFile> changed) {
    return group.stream()
        .flatMap(failure -> failure.frameFiles().stream())
        .distinct()
        .flatMap(
            frame ->
                changed.stream()
                    .filter(file -> file.baseName().equalsIgnoreCase(frame))
                    .map(ChangedFile::path))
        .distinct()
        .toList();
  }

  private static String whatChanged(RunCase run) {
    if (run.changed().isEmpty()) {
      return "**What changed:** not told; submit `gitDiff` to know which change did it.";
    }
    int added = run.changed().stream().mapToInt(ChangedFile::addedLines).sum();
    int deleted = run.changed().stream().mapToInt(ChangedFile::deletedLines).sum();
    String files =
        run.changed().stream()
            .sorted(
                Comparator.comparingInt((ChangedFile one) -> one.addedLines() + one.deletedLines())
                    .reversed())
            .limit(MAX_FILES)
            .map(one -> "`" + code(one.path()) + "`")
            .collect(Collectors.joining(", "));
    int rest = run.changed().size() - MAX_FILES;
    return "**What changed:** "
        + count(run.changed().size(), "file")
        + " (+"
        + added
        + " −"
        + deleted
        + "): "
        + files
        + (rest > 0 ? " and " + rest + " more" : "")
        + ".";
  }

  private static Optional<String> whatItResembles(RunCase run) {
    if (run.similar().isEmpty()) {
      return Optional.of("**What it resembles:** nothing that was seen before.");
    }
    Past best = run.similar().get(0);
    StringBuilder text =
        new StringBuilder("**What it resembles:** ")
            .append(percent(best.similarity()))
            .append(" match with “")
            .append(code(firstLine(best.summary())))
            .append("”, seen ")
            .append(count(best.occurrences(), "time"));
    if (best.decision() != null) {
      text.append(", decided: ").append(best.decision().replace('_', ' '));
      if (best.note() != null && !best.note().isBlank()) {
        text.append(" (").append(code(firstLine(best.note()))).append(')');
      }
    }
    return Optional.of(text.append('.').toString());
  }

  private static Optional<String> whoMeetsIt(RunCase run) {
    return run.issues().stream()
        .findFirst()
        .map(
            issue ->
                "**In production, too:** issue "
                    + issue.key()
                    + ", “"
                    + code(firstLine(issue.symptom()))
                    + "”, "
                    + count(issue.users(), "user")
                    + ", "
                    + count(issue.sessions(), "replay")
                    + ".");
  }

  private static Optional<String> whatHelped(RunCase run) {
    return run.similar().stream()
        .map(Past::fix)
        .filter(Objects::nonNull)
        .findFirst()
        .map(RunStory::fix);
  }

  private static String fix(Fix fix) {
    String files =
        fix.files().stream()
            .limit(MAX_FILES)
            .map(file -> "`" + code(file) + "`")
            .collect(Collectors.joining(", "));
    return "**What helped last time:** `"
        + code(fix.testName())
        + "` went green with `"
        + shortHash(fix.commit())
        + "` by "
        + fix.author()
        + (files.isEmpty() ? "" : ", which changed " + files)
        + ".";
  }

  private static Optional<String> advice(RunCase run) {
    boolean allFlaky = run.failures().stream().allMatch(Failure::isFlaky);
    boolean allOnBase =
        run.failures().stream().allMatch(one -> Boolean.FALSE.equals(one.isNewOnBranch()));
    String first =
        allFlaky
            ? "nothing here speaks against the change; the tests need care"
            : allOnBase
                ? "not caused by this branch; look at the first bad commit"
                : run.recommended().isEmpty()
                    ? ""
                    : "run `" + code(run.recommended().get(0)) + "` first";
    return first.isEmpty() ? Optional.empty() : Optional.of("**Next:** " + first + ".");
  }

  private static Map<String, List<Failure>> byPattern(List<Failure> failures) {
    return failures.stream()
        .collect(Collectors.groupingBy(Failure::pattern, LinkedHashMap::new, Collectors.toList()));
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  private static String shortHash(String commit) {
    return commit.length() > SHORT_HASH ? commit.substring(0, SHORT_HASH) : commit;
  }

  private static String firstLine(String text) {
    String line =
        text.lines().map(String::strip).filter(one -> !one.isEmpty()).findFirst().orElse("");
    if (line.length() <= MAX_MESSAGE) {
      return line;
    }
    int end =
        Character.isHighSurrogate(line.charAt(MAX_MESSAGE - 1)) ? MAX_MESSAGE - 1 : MAX_MESSAGE;
    return line.substring(0, end) + "…";
  }

  /** Backticks would end the code; everything else within is shown as it is. */
  private static String code(String text) {
    return text.replace('`', '\'');
  }
}
