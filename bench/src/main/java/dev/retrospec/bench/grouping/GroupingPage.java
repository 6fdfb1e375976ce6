package dev.retrospec.bench.grouping;

import dev.retrospec.bench.similarity.PairCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The figures of {@link GroupingBench} as a page in Markdown. */
final class GroupingPage {

  private static final double GOAL_F1 = 0.95;
  private static final double GOAL_PRECISION = 0.97;
  private static final double GOAL_STAYED = 0.98;

  private final StringBuilder text = new StringBuilder();

  GroupingPage(String commit, List<LabelledError> errors) {
    say("# Which errors are one issue");
    say(
        "Measured on %s at commit %s. `bench/run grouping` makes this page again, without a server.",
        LocalDate.now(ZoneOffset.UTC), commit);
    say(
        "**The set.** %d errors of %d faults in %d projects (`bench/src/main/resources/grouping`);"
            + " %d of them were recorded: sites with seeded faults (`bench/grouping/sites`: plain"
            + " JavaScript, jQuery, React 18 and 19, Vue, Svelte, Preact, Lit, axios, zod, Redux),"
            + " each built several times by esbuild, terser, swc, uglify-js and unminified, with"
            + " other hashes, moved lines and renamed locals, and run in Chromium, Firefox and"
            + " WebKitGTK; what was told there is the SDK's own text. %d are public reports, whose"
            + " address stands beside each. %d are written in the SDK's form. Where a site"
            + " uploads source maps, the original stack stands beside the browser's. A quarter of"
            + " the faults (%d errors), chosen by a hash of their names, was held out from whoever"
            + " tuned.",
        errors.size(),
        count(errors),
        errors.stream().map(LabelledError::project).distinct().count(),
        from(errors, "recorded"),
        from(errors, "report"),
        from(errors, "made"),
        errors.stream().filter(LabelledError::heldOut).count());
    say(
        "**What it is not.** The faults were seeded by those who wrote the rules, and a real site's"
            + " are not spread evenly over engines, builds and kinds. Two sightings of one fault"
            + " here differ in nearly everything that can differ, which is harder than what a site"
            + " sees in a week; and a site has fewer faults at a time that look alike. Some faults"
            + " cannot be told apart by what a browser tells (a failed fetch in WebKit has no"
            + " stack); they are in the set all the same.");
    say(
        "Pairs of errors of one project, called one or not. BCubed weighs each error alike. Sentry's"
            + " and PostHog's rows are written from what they publish about their defaults, without"
            + " Sentry's embedding service and with the function where Sentry reads the source"
            + " line; they group exceptions, and requests and forms by their label here.");
  }

  private static long count(List<LabelledError> errors) {
    return errors.stream().map(LabelledError::faultOfProject).distinct().count();
  }

  private static long from(List<LabelledError> errors, String source) {
    return errors.stream().filter(error -> error.source().startsWith(source)).count();
  }

  void part(String title, List<LabelledError> errors, List<GroupingMethod> methods) {
    part(title, errors, methods, error -> true);
  }

  /** Everything is grouped, what counts is looked at. */
  void part(
      String title,
      List<LabelledError> errors,
      List<GroupingMethod> methods,
      Predicate<LabelledError> counts) {
    List<LabelledError> counted = errors.stream().filter(counts).toList();
    say("## %s", title);
    say("%d errors of %d faults.", counted.size(), count(counted));
    row("method", "precision", "recall", "F1", "BCubed F1");
    row("---", "---", "---", "---", "---");
    for (GroupingMethod method : methods) {
      List<String> all = method.groups(errors);
      List<String> groups =
          IntStream.range(0, errors.size())
              .filter(n -> counts.test(errors.get(n)))
              .mapToObj(all::get)
              .toList();
      Groups made = Groups.of(counted, groups);
      PairCounts pairs = made.pairs();
      row(
          method.name(),
          number(pairs.precision()),
          number(pairs.recall()),
          number(pairs.f1()),
          number(made.bCubedF1()));
    }
    text.append('\n');
  }

  void goal(PairCounts pairs) {
    say(
        "Goal: F1 of at least %.2f with a precision of at least %.2f. F1 %.3f, precision %.3f: %s.",
        GOAL_F1,
        GOAL_PRECISION,
        pairs.f1(),
        pairs.precision(),
        pairs.f1() >= GOAL_F1 && pairs.precision() >= GOAL_PRECISION
            ? "reached"
            : "**not reached**");
  }

  void deploys(List<LabelledError> errors, List<GroupingMethod> methods, GroupingMethod ours) {
    say("## Ten deploys");
    say(
        "Every fault in each of ten builds of its site, real ones: other hashes, moved lines, renamed"
            + " locals, functions added, so that a minifier names everything anew. Chromium; %d"
            + " errors of %d faults. How many are in the group that their fault had at the first"
            + " deploy; with source maps and without.",
        errors.size(), count(errors));
    List<String> mapped =
        errors.stream()
            .filter(error -> error.error() != null && error.error().originalStack() != null)
            .map(LabelledError::project)
            .distinct()
            .toList();
    row("method", "stay", "of sites with source maps", "of sites without");
    row("---", "---", "---", "---");
    for (GroupingMethod method : methods) {
      row(
          method.name(),
          share(stayed(errors, method, error -> true)),
          share(stayed(errors, method, error -> mapped.contains(error.project()))),
          share(stayed(errors, method, error -> !mapped.contains(error.project()))));
    }
    text.append('\n');
    Deploys stayed = stayed(errors, ours, error -> true);
    say(
        "Goal: at least %.0f %% stay. %s: %s.",
        100 * GOAL_STAYED,
        share(stayed),
        stayed.share() >= GOAL_STAYED ? "reached" : "**not reached**");
  }

  private static Deploys stayed(
      List<LabelledError> errors, GroupingMethod method, Predicate<LabelledError> counts) {
    List<LabelledError> counted = errors.stream().filter(counts).toList();
    return Deploys.of(counted, method.groups(counted));
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("grouping.md"), text.toString().strip() + "\n");
    System.out.println(text);
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void say(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append("\n\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String share(Deploys deploys) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * deploys.share());
  }
}
