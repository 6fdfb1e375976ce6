package dev.retrospec.bench.similarity;

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
    List<LabelledFailure> later = LabelledSet.later();
    List<LabelledFailure> fresh = LabelledSet.fresh();
    List<LabelledFailure> reports = LabelledSet.reports();
    List<LabelledFailure> all = new ArrayList<>(house);
    all.addAll(later);
    all.addAll(fresh);
    all.addAll(reports);

    SimilarityPage page = new SimilarityPage(arguments[1], house, later, fresh, reports);
    Methods everything = new Methods(all);
    page.methods("All failures together", everything.rows(page));
    page.goal(GOAL, everything.f1(), everything.bestBaseline());
    Methods heldOut = new Methods(fresh);
    page.methods("Only those recorded after the rules stood", heldOut.rows(page));
    page.goal(GOAL, heldOut.f1(), heldOut.bestBaseline());

    Pairs ours = everything.ours();
    int firstLater = house.size();
    int firstFresh = firstLater + later.size();
    int firstReport = firstFresh + fresh.size();
    page.parts(
        List.of(
            page.part("same test", ours.at(SHOWN, Pair::sameTest)),
            page.part("another test", ours.at(SHOWN, pair -> !pair.sameTest())),
            page.part("first breaks only", ours.at(SHOWN, pair -> pair.b() < firstLater)),
            page.part(
                "later breaks only",
                ours.at(SHOWN, pair -> pair.a() >= firstLater && pair.b() < firstFresh)),
            page.part(
                "fresh breaks only",
                ours.at(SHOWN, pair -> pair.a() >= firstFresh && pair.b() < firstReport)),
            page.part("other languages only", ours.at(SHOWN, pair -> pair.a() >= firstReport))));
    page.bins(BINS, ours);
    page.errors(errors(all, ours));
    page.write(Path.of(arguments[0]));
  }

  /** RetroSpec and the baselines on one set. */
  private record Methods(
      Pairs ours, Pairs shipped, Pairs alone, Pairs exact, Pairs topFrame, Pairs tfIdf) {

    Methods(List<LabelledFailure> set) {
      this(
          Pairs.of(set, new SignatureScore(set, false)),
          Pairs.of(set, new SignatureScore(set, true)),
          Pairs.of(set, PairScore.exactText(set)),
          Pairs.of(set, PairScore.topFrame(set)),
          Pairs.of(set, new TfIdfText(set)));
    }

    private Methods(Pairs raw, Pairs alone, Pairs exact, Pairs topFrame, Pairs tfIdf) {
      this(
          raw.crossValidated(),
          raw.calibrated(Calibration.shipped()),
          alone.calibrated(Calibration.shipped()),
          exact,
          topFrame,
          tfIdf);
    }

    List<List<String>> rows(SimilarityPage page) {
      return List.of(
          page.method("**RetroSpec** as shipped", shipped, SHOWN),
          page.method("RetroSpec, the score alone", alone, SHOWN),
          page.method("RetroSpec, calibrated on the other half of the causes", ours, SHOWN),
          page.method("exact text of type, message and stack", exact, 1),
          page.method("type and top frame, no lines", topFrame, 1),
          page.method(
              "TF-IDF of the whole text, at its best threshold", tfIdf, tfIdf.bestThreshold()));
    }

    double f1() {
      return shipped.at(SHOWN, pair -> true).f1();
    }

    double bestBaseline() {
      return Math.max(
          tfIdf.at(tfIdf.bestThreshold(), pair -> true).f1(),
          Math.max(exact.at(1, pair -> true).f1(), topFrame.at(1, pair -> true).f1()));
    }
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
