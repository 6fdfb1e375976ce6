package dev.retrospec.bench.similarity;

import dev.retrospec.bench.similarity.Pairs.Halves;
import dev.retrospec.bench.similarity.Pairs.Pair;
import dev.retrospec.signatures.Calibration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the labelled failures pair by pair and writes similarity.md into the folder of its first
 * argument; the second is the commit. Started by bench/similarity/measure.
 */
public final class SimilarityBench {

  /** The threshold of the public contract. */
  private static final double SHOWN = 0.85;

  private static final double GOAL = 0.9;
  private static final double[] BINS = {0, 0.10, 0.50, 0.85, 0.95, 1.01};

  private SimilarityBench() {}

  public static void main(String[] arguments) throws IOException {
    List<LabelledFailure> house = LabelledSet.house();
    List<LabelledFailure> reports = LabelledSet.reports();
    List<LabelledFailure> all = new ArrayList<>(house);
    all.addAll(reports);
    Pairs raw = Pairs.of(all, new SignatureScore(all));
    Pairs ours = raw.crossValidated();
    Pairs tfIdf = Pairs.of(all, new TfIdfText(all));
    Pairs exact = Pairs.of(all, PairScore.exactText(all));
    Pairs topFrame = Pairs.of(all, PairScore.topFrame(all));

    SimilarityPage page = new SimilarityPage(arguments[1], house, reports);
    page.methods(
        List.of(
            page.method("**RetroSpec**, calibrated on the other half", ours, SHOWN),
            page.method(
                "RetroSpec, calibrated as shipped", raw.calibrated(Calibration.shipped()), SHOWN),
            page.method("exact text of type, message and stack", exact, 1),
            page.method("type and top frame, no lines", topFrame, 1),
            page.method(
                "TF-IDF of the whole text, at its best threshold", tfIdf, tfIdf.bestThreshold())));
    int own = house.size();
    page.parts(
        List.of(
            page.part("same test", ours.at(SHOWN, Pair::sameTest)),
            page.part("another test", ours.at(SHOWN, pair -> !pair.sameTest())),
            page.part("this repository only", ours.at(SHOWN, pair -> pair.b() < own)),
            page.part("other languages only", ours.at(SHOWN, pair -> pair.a() >= own)),
            page.part("first half only", ours.at(SHOWN, p -> p.halves() == Halves.BOTH_FIRST)),
            page.part("second half only", ours.at(SHOWN, p -> p.halves() == Halves.BOTH_SECOND))));
    page.bins(BINS, ours);
    double best =
        Math.max(
            tfIdf.at(tfIdf.bestThreshold(), pair -> true).f1(),
            Math.max(exact.at(1, pair -> true).f1(), topFrame.at(1, pair -> true).f1()));
    double f1 = ours.at(SHOWN, pair -> true).f1();
    page.goal(GOAL, f1, best);
    page.errors(errors(all, ours));
    page.write(Path.of(arguments[0]));
  }

  /** Causes that were not kept together or apart, with the number of pairs, the most first. */
  private static List<Map.Entry<String, Integer>> errors(List<LabelledFailure> set, Pairs pairs) {
    Map<String, Integer> errors = new TreeMap<>();
    for (Pair pair : pairs.all()) {
      if (pair.same() != pair.score() >= SHOWN) {
        String one = set.get(pair.a()).cause();
        String other = set.get(pair.b()).cause();
        errors.merge(
            pair.same() ? one + ": not seen as one" : one + " and " + other + ": taken for one",
            1,
            Integer::sum);
      }
    }
    return errors.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .toList();
  }
}
