package dev.retrospec.bench.scenario;

import java.util.Arrays;
import java.util.Locale;

/** One figure, measured several times. */
record Spread(double median, double least, double most) {

  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  /** "412 (398–425)". */
  String text(int digits) {
    String number = "%." + digits + "f";
    return least == most
        ? String.format(Locale.ROOT, number, median)
        : String.format(
            Locale.ROOT, number + " (" + number + "–" + number + ")", median, least, most);
  }
}
