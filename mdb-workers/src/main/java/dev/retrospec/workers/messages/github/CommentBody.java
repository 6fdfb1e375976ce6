package dev.retrospec.workers.messages.github;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.PullRequestRuns;
import dev.retrospec.notifications.PullRequestRuns.Told;
import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.workers.messages.text.Markdown;
import dev.retrospec.workers.messages.text.PatternLine;
import dev.retrospec.workers.messages.text.Places;
import dev.retrospec.workers.messages.text.Snapshot;
import dev.retrospec.workers.messages.text.Words;
import java.util.List;

/**
 * A pull request's comment, in the requirements' layout: the newest run of each job. Most pull
 * requests have one job; of several, one is told in full and the failures of the others below.
 */
final class CommentBody {

  /**
   * GitHub refuses more than 65,536 characters. Counted in bytes, of which there are never fewer,
   * and with room for the last sentence.
   */
  static final int MAX_BYTES = 60_000;

  private static final int MAX_ANALYSIS = 3_000;
  private static final int MAX_PATTERNS = 5;
  private static final int MAX_RECOMMENDED = 10;

  /** Of those that failed beside the newest one; the others are named. */
  private static final int MAX_MORE_JOBS = 6;

  private static final int MAX_JOB_NAME = 100;

  private final RunMessage message;
  private final RunReport report;
  private final Places places;
  private final PullRequestRuns runs;

  private CommentBody(RunMessage message, PullRequestRuns runs) {
    this.message = message;
    this.report = message.report();
    this.places = new Places(message);
    this.runs = runs;
  }

  /** Invisible, and the same for all comments of a project: it says which one is to be changed. */
  static String marker(ProjectId project) {
    return "<!-- retrospec:run-report project=" + project.value() + " -->";
  }

  /**
   * @param message about one of the runs
   * @param runs of the pull request, the message's among them
   */
  static String of(RunMessage message, PullRequestRuns runs) {
    return marker(message.project())
        + "\n"
        + (runs.failed().isEmpty()
            ? new CommentBody(about(message, runs.passed()), runs).passed()
            : new CommentBody(about(message, runs.failed()), runs).failed());
  }

  /** The message itself where it is one of them, else about the newest. */
  private static RunMessage about(RunMessage message, List<Told> some) {
    boolean isOne =
        some.stream().anyMatch(told -> told.report().runId().equals(message.report().runId()));
    return isOne || some.isEmpty() ? message : message.about(some.get(0).report());
  }

  private String passed() {
    boolean isAwaited = !runs.awaited().isEmpty();
    return (isAwaited ? "## ⏳ Backend Tests Passed So Far\n\n" : "## ✅ Backend Tests Passed\n\n")
        + head()
        + jobs()
        + (isAwaited ? "" : "\nThe failures that were reported here before are gone.\n")
        + places.run().map(url -> "\n" + Markdown.link("The run", url) + "\n").orElse("");
  }

  private String failed() {
    List<Told> more =
        runs.failed().stream()
            .filter(told -> !told.report().runId().equals(report.runId()))
            .limit(MAX_MORE_JOBS)
            .toList();
    String top = "## 🚨 Backend Tests Failed\n\n" + head() + jobs() + analysis();
    String bottom = snapshots() + patterns() + recommended() + footer();
    int room = MAX_BYTES - Markdown.bytes(top) - Markdown.bytes(bottom);
    int share = more.isEmpty() ? 0 : room / 2 / more.size();
    StringBuilder others = new StringBuilder();
    more.forEach(
        told ->
            others.append(
                FailedTestsSection.of(
                    message.about(told.report()), heading(told.report()), share)));
    String own = more.isEmpty() ? "Failed Tests " : heading(report);
    return top
        + FailedTestsSection.of(message, own, room - Markdown.bytes(others.toString()))
        + others
        + bottom;
  }

  private static String heading(RunReport run) {
    return "Failed Tests of %s ".formatted(name(run));
  }

  /** Which job ended how, where there are several. */
  private String jobs() {
    if (runs.newest().size() < 2) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n");
    runs.failed().forEach(told -> text.append(line("🚨", told)));
    runs.passed().forEach(told -> text.append(line("✅", told)));
    runs.awaited()
        .forEach(
            told ->
                text.append(
                    "- ⏳ %s: %s at %s, nothing heard of this commit yet\n"
                        .formatted(
                            name(told.report()),
                            Words.outcome(told.report()),
                            Markdown.code(Words.shortCommit(told.report())))));
    return text.toString();
  }

  private String line(String sign, Told told) {
    String outcome = Words.outcome(told.report());
    return "- %s %s: %s\n"
        .formatted(
            sign,
            name(told.report()),
            new Places(message.about(told.report()))
                .run()
                .map(url -> Markdown.link(outcome, url))
                .orElse(outcome));
  }

  private static String name(RunReport run) {
    String job = run.origin().job();
    return job == null ? "a job without a name" : Markdown.code(Words.cut(job, MAX_JOB_NAME));
  }

  private String head() {
    return "**Commit:** %s\n\n%s on %s\n"
        .formatted(
            Markdown.code(report.origin().commitHash()),
            Words.outcome(report),
            Markdown.code(report.origin().branch()));
  }

  private String analysis() {
    String analysis = report.analysis();
    return analysis == null || analysis.isBlank()
        ? ""
        : "\n### 🧠 Analysis\n\n" + Markdown.foreign(Words.cut(analysis, MAX_ANALYSIS));
  }

  private String snapshots() {
    List<Snapshot> snapshots = Snapshot.of(report.snapshots());
    if (snapshots.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n### 📸 Snapshots\n\n");
    snapshots.forEach(
        one -> text.append("- ").append(Markdown.link(one.name(), one.url())).append('\n'));
    return text.toString();
  }

  private String patterns() {
    if (report.similarPatterns().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n### 🔍 Similar Past Failures\n\n");
    report.similarPatterns().stream()
        .limit(MAX_PATTERNS)
        .forEach(pattern -> text.append("- ").append(PatternLine.of(pattern, places)).append('\n'));
    return text.toString();
  }

  private String recommended() {
    if (report.recommendedTests().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n### 💡 Recommended Tests to Run\n\n");
    report.recommendedTests().stream()
        .limit(MAX_RECOMMENDED)
        .forEach(
            test ->
                text.append(
                    "- %s - %s\n"
                        .formatted(Markdown.code(test.testName()), Markdown.text(test.reason()))));
    return text.toString();
  }

  private String footer() {
    return places
        .fullReport()
        .map(url -> "\n" + Markdown.link("Full report", url) + "\n")
        .orElse("");
  }
}
