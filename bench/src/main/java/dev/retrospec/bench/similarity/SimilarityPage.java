package dev.retrospec.bench.similarity;

import dev.retrospec.bench.similarity.Pairs.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of {@link SimilarityBench} as a page in Markdown. */
final class SimilarityPage {

  private static final int SHOWN_ERRORS = 12;

  private final StringBuilder text = new StringBuilder();

  SimilarityPage(
      String commit,
      List<LabelledFailure> house,
      List<LabelledFailure> later,
      List<LabelledFailure> fresh,
      List<LabelledFailure> reports) {
    say("# Which failures are one");
    say(
        "Measured on %s at commit %s. `bench/similarity/measure` makes this page again, without a"
            + " server.",
        LocalDate.now(ZoneOffset.UTC), commit);
    say(
        "**The set.** This repository's own code, broken on purpose"
            + " (`bench/similarity/breaks.txt`), and what the affected tests then said: %d failures"
            + " of %d causes, Java with JUnit and AssertJ, TypeScript with Vitest. Up to four"
            + " failing tests of a break are one cause; each is recorded twice, the second time on"
            + " other lines and in another folder. Recorded later (`later-breaks.txt`): %d failures"
            + " of %d causes. Recorded after every rule and weight stood, in files that no other"
            + " list breaks (`fresh-breaks.txt`): %d failures of %d causes. In Go, Python, Ruby,"
            + " .NET and Rust, written after public reports with names changed"
            + " (`write-reports.py`): %d failures of %d causes.",
        house.size(),
        causes(house),
        later.size(),
        causes(later),
        fresh.size(),
        causes(fresh),
        reports.size(),
        causes(reports));
    say(
        "**What it is not.** One small repository, broken by those who wrote the rules: most breaks"
            + " throw or fail at once, and two never overlap. Weights and the shipped calibration"
            + " were chosen by looking at the first breaks. The second sighting of a report differs"
            + " only as lines, folders, addresses and ids do. A project's own figure will differ;"
            + " its own judgements move the calibration.");
    say(
        "**What the later breaks taught.** They were held out once, at F1 0.806, and are not any"
            + " more: the JVM throws without message and calls when it throws often, and two"
            + " failures without either counted as fully alike in their words (0.889 without that)."
            + " Then what an assertion expected was read as what was thrown, where it quotes the"
            + " stack that it got instead. Only the fresh breaks say how RetroSpec does on what it"
            + " has not seen; nothing was changed for them.");
    say(
        "**How a pair is judged.** As the memory does it: equal signatures are one, others by their"
            + " score. The second row is the score alone: it finds two failures that tell nothing"
            + " but one type not alike.");
  }

  private static long causes(List<LabelledFailure> set) {
    return set.stream().map(LabelledFailure::cause).distinct().count();
  }

  List<String> method(String name, Pairs pairs, double threshold) {
    PairCounts counts = pairs.at(threshold, pair -> true);
    return List.of(
        name,
        number(threshold, 2),
        number(counts.precision(), 3),
        number(counts.recall(), 3),
        number(counts.f1(), 3),
        number(pairs.nearestIsRight(), 3));
  }

  void methods(String title, List<List<String>> rows) {
    say("## " + title);
    say(
        "Pairs of one cause among all pairs. *Nearest is right*: the most alike other failure has"
            + " the same cause.");
    table(List.of("method", "threshold", "precision", "recall", "F1", "nearest is right"), rows);
  }

  List<String> part(String name, PairCounts counts) {
    return List.of(
        name,
        Long.toString(counts.right() + counts.missed()),
        number(counts.precision(), 3),
        number(counts.recall(), 3),
        number(counts.f1(), 3));
  }

  void parts(List<List<String>> rows) {
    say("## RetroSpec, by kind of pair");
    table(List.of("pairs", "of one cause", "precision", "recall", "F1"), rows);
  }

  /** How true the shown probability is. */
  void bins(double[] bounds, Pairs pairs) {
    List<List<String>> rows = new ArrayList<>();
    for (int bin = 0; bin + 1 < bounds.length; bin++) {
      double from = bounds[bin];
      double to = bounds[bin + 1];
      List<Pair> inside =
          pairs.all().stream().filter(p -> p.score() >= from && p.score() < to).toList();
      long same = inside.stream().filter(Pair::same).count();
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%.2f to %.2f", from, Math.min(1, to)),
              Integer.toString(inside.size()),
              inside.isEmpty() ? "" : number((double) same / inside.size(), 3)));
    }
    say("## What a shown similarity means");
    say("Of the pairs shown with a similarity in the first column, how many are one failure.");
    table(List.of("shown", "pairs", "are one"), rows);
  }

  void goal(double goal, double f1, double best) {
    say(
        "Goal: F1 of at least %.1f and above every baseline. F1 %.3f, the best baseline %.3f: %s.",
        goal, f1, best, f1 >= goal && f1 > best ? "reached" : "**not reached**");
  }

  void errors(List<Map.Entry<String, Integer>> errors) {
    say("## What goes wrong");
    say(
        "An assertion that fails in two tests tells two different sentences and no common call:"
            + " without the run it stands in nobody can see the one cause. And two breaks that make"
            + " one assertion of one test fail look alike.");
    table(
        List.of("cause", "pairs"),
        errors.stream()
            .limit(SHOWN_ERRORS)
            .map(each -> List.of(each.getKey(), each.getValue().toString()))
            .toList());
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("similarity.md"), text.toString().strip() + "\n");
    System.out.println(text);
  }

  private void table(List<String> head, List<List<String>> rows) {
    row(head);
    row(head.stream().map(column -> "---").toList());
    rows.forEach(this::row);
    text.append('\n');
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void say(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append("\n\n");
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
