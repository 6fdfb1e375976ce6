package dev.retrospec.bench.similarity;

import dev.retrospec.signatures.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes similarity.md into the folder of its first argument. */
public final class SimilarityBench {

  /** The threshold of the public contract. */
  private static final double SHOWN = 0.85;

  private static final double GOAL = 0.9;

  private final StringBuilder page = new StringBuilder();

  private SimilarityBench() {}

  public static void main(String[] arguments) throws IOException {
    new SimilarityBench().run(Path.of(arguments[0]), LabelledSet.house());
  }

  private void run(Path results, List<LabelledFailure> set) throws IOException {
    Pairs raw = new Pairs(set, new SignatureScore(set));
    // Each half is shown with what was learnt from the other.
    Calibration first = raw.calibration(Pairs.Pair::neitherHeldOut);
    Calibration second = raw.calibration(Pairs.Pair::bothHeldOut);
    Pairs ours = raw.mapped(p -> (p.neitherHeldOut() ? second : first).probability(p.score()));
    Pairs shipped = raw.mapped(p -> Calibration.shipped().probability(p.score()));
    long causes = set.stream().map(LabelledFailure::cause).distinct().count();
    long same = ours.all().stream().filter(Pairs.Pair::same).count();
    say("# Which failures are one\n");
    say(
        "%d failures of %d causes: %d pairs, %d of one cause.\n",
        set.size(), causes, ours.all().size(), same);
    say("| method | threshold | precision | recall | F1 | nearest is right |");
    say("| --- | --- | --- | --- | --- | --- |");
    row("RetroSpec, cross-validated", ours, SHOWN, set.size());
    row("RetroSpec, as shipped", shipped, SHOWN, set.size());
    row("exact text", new Pairs(set, PairScore.exactText(set)), 1, set.size());
    row("type and top frame", new Pairs(set, PairScore.topFrame(set)), 1, set.size());
    Pairs tfIdf = new Pairs(set, new TfIdfText(set));
    row("TF-IDF at its best threshold", tfIdf, tfIdf.bestThreshold(), set.size());
    row("raw", raw, raw.bestThreshold(), set.size());
    say("");
    say(
        "held out: F1 %.3f; first half F1 %.3f",
        ours.at(SHOWN, Pairs.Pair::bothHeldOut).f1(),
        ours.at(SHOWN, Pairs.Pair::neitherHeldOut).f1());
    say(
        "same test recall %.3f; other test recall %.3f",
        ours.at(SHOWN, p -> p.sameTest()).recall(), ours.at(SHOWN, p -> !p.sameTest()).recall());
    say(
        "calibration: %s",
        raw.calibration(p -> true).points().stream()
            .map(p -> String.format(Locale.ROOT, "%.3f=%.3f", p.raw(), p.probability()))
            .toList());
    Files.createDirectories(results);
    Files.writeString(results.resolve("similarity.md"), page);
    System.out.println(page);
    if (System.getProperty("errors") != null) {
      errors(set, ours);
    }
  }

  private void errors(List<LabelledFailure> set, Pairs ours) {
    java.util.Map<String, Integer> wrong = new java.util.TreeMap<>();
    for (Pairs.Pair p : ours.all()) {
      boolean called = p.score() >= SHOWN;
      if (called != p.same()) {
        String key =
            (p.same()
                    ? "MISSED " + set.get(p.a()).cause()
                    : "WRONG " + set.get(p.a()).cause() + " + " + set.get(p.b()).cause())
                + (p.sameTest() ? " same test" : "");
        wrong.merge(key, 1, Integer::sum);
      }
    }
    wrong.entrySet().stream()
        .sorted(java.util.Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(60)
        .forEach(System.out::println);
  }

  private void row(String name, Pairs pairs, double threshold, int failures) {
    PairCounts counts = pairs.at(threshold, pair -> true);
    say(
        "| %s | %.2f | %.3f | %.3f | %.3f | %.3f |",
        name,
        threshold,
        counts.precision(),
        counts.recall(),
        counts.f1(),
        pairs.nearestIsRight(failures));
  }

  private void say(String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
