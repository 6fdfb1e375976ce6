package dev.retrospec.bench.similarity;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says how alike two failures of a set are, by their numbers in it: 0 to 1. */
@FunctionalInterface
interface PairScore {

  double of(int a, int b);

  /** Type and stack are the same text: what re-run tools and log searches do. */
  static PairScore exactText(List<LabelledFailure> set) {
    return equality(
        set.stream().map(f -> f.type() + "\n" + f.message() + "\n" + f.stack()).toList());
  }

  /** Type and topmost call are the same, without the line: as TUnit's report clusters. */
  static PairScore topFrame(List<LabelledFailure> set) {
    return equality(set.stream().map(PairScore::typeAndTopFrame).toList());
  }

  private static PairScore equality(List<String> keys) {
    return (a, b) -> keys.get(a).equals(keys.get(b)) ? 1 : 0;
  }

  /** A line that begins with "at", without its position. */
  Pattern FRAME = Pattern.compile("(?m)^\\s*at (.*?)(?::\\d+)*\\)?$");

  private static String typeAndTopFrame(LabelledFailure failure) {
    var frame = FRAME.matcher(failure.stack());
    String type = failure.type().isEmpty() ? failure.message().split(":", 2)[0] : failure.type();
    return type
        + " "
        + (frame.find() ? frame.group(1) : failure.message()).toLowerCase(Locale.ROOT);
  }
}
