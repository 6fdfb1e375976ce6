package dev.retrospec.bench.scenario;

import dev.retrospec.bench.ScrubBench;
import dev.retrospec.bench.ScrubBench.Rates;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@link ScrubBench} as a page of results. */
final class ScrubPage {

  private static final int[] SIZES = {20_000, 200_000, 2_000_000};
  private static final double GOAL = 60;

  private final Target target;
  private final Plan plan;

  ScrubPage(Target target, Plan plan) {
    this.target = target;
    this.plan = plan;
  }

  void run(Path results) throws IOException, SQLException {
    List<List<String>> rows = new ArrayList<>();
    double slowest = Double.MAX_VALUE;
    for (int size : SIZES) {
      Rates rates = new ScrubBench().measure(size, plan.scrubSeconds());
      slowest = Math.min(slowest, rates.scrub());
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%.0f KB", rates.jsonBytes() / 1e3),
              String.format(Locale.ROOT, "%.1f KB", rates.wireBytes() / 1e3),
              String.format(Locale.ROOT, "%.0f", rates.bare()),
              String.format(Locale.ROOT, "%.0f", rates.scrub()),
              String.format(Locale.ROOT, "%.2f", rates.scrub() / rates.bare())));
    }
    new Page("Scrub on one core", target.sentence())
        .paragraph(
            "One thread, without the server. Bare: inflate, copy token by token with Jackson, zstd"
                + " level 1, discard. Scrub: bounded inflate with SHA-256, validate, scrub, index,"
                + " zstd level 1 into memory. MB/s (10⁶ bytes) of event JSON for each second of the"
                + " thread's CPU time; medians of 15 rounds.")
        .table(List.of("event JSON", "gzip", "bare MB/s", "scrub MB/s", "scrub / bare"), rows)
        .paragraph(
            "Goal: at least %.0f MB/s. Slowest: %.0f MB/s: %s.",
            GOAL, slowest, Page.goal(slowest >= GOAL))
        .write(results, "scrub");
  }
}
