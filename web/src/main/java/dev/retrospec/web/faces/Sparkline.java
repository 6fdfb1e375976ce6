package dev.retrospec.web.faces;

import java.util.List;
import java.util.Locale;

/** Draws numbers as bars: the path of an SVG of {@value #WIDTH} by {@value #HEIGHT}. */
final class Sparkline {

  static final int WIDTH = 112;
  static final int HEIGHT = 28;
  private static final double GAP = 1;
  private static final double LOWEST = 2;

  private Sparkline() {}

  /** Zeros are left out; the highest number fills the height. */
  static String of(List<Integer> values) {
    int highest = values.stream().mapToInt(Integer::intValue).max().orElse(0);
    double step = (double) WIDTH / Math.max(1, values.size());
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) > 0) {
        double height = LOWEST + (HEIGHT - LOWEST) * values.get(i) / highest;
        path.append(
            String.format(
                Locale.ROOT,
                "M%.1f %dv-%.1fh%.1fv%.1fz",
                i * step,
                HEIGHT,
                height,
                step - GAP,
                height));
      }
    }
    return path.toString();
  }
}
