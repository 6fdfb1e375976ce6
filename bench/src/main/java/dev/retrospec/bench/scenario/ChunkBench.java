package dev.retrospec.bench.scenario;

import dev.retrospec.bench.ceiling.CeilingDeployment;
import dev.retrospec.bench.load.Laps;
import dev.retrospec.bench.load.LoadRun;
import dev.retrospec.bench.load.LoadRun.Result;
import dev.retrospec.bench.load.Work;
import dev.retrospec.bench.machine.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Chunk ingest beside the bare ceiling of the same server. */
final class ChunkBench {

  private static final int CONNECTIONS = 16;
  private static final double GOAL_MEGABYTES = 45;
  private static final double GOAL_RATIO = 0.6;

  private final Target target;
  private final Plan plan;
  private final AtomicLong numbers = new AtomicLong();
  private final Laps all = new Laps();

  ChunkBench(Target target, Plan plan) {
    this.target = target;
    this.plan = plan;
  }

  /** The sizes that are measured, and how many different bodies of each. */
  private enum Size {
    SMALL("20 KB", 20_000, 16, false),
    MEDIUM("200 KB", 200_000, 8, true),
    LARGE("2 MB", 2_000_000, 3, true);

    private final String name;
    private final int bytes;
    private final int variants;
    private final boolean hasGoal;

    Size(String name, int bytes, int variants, boolean hasGoal) {
      this.name = name;
      this.bytes = bytes;
      this.variants = variants;
      this.hasGoal = hasGoal;
    }
  }

  private record Measured(Size size, Chunks chunks, List<Result> ceiling, List<Result> ingest) {

    double ratio() {
      return rate(ingest).median() / rate(ceiling).median();
    }

    double megabytes() {
      return chunks.eventBytes() * rate(ingest).median() / 1e6;
    }

    static Spread rate(List<Result> results) {
      return spread(results, Result::perSecond);
    }
  }

  void run(Path results, String tag) throws IOException, SQLException, InterruptedException {
    List<Measured> measured = new ArrayList<>();
    try (CeilingDeployment ceiling =
        CeilingDeployment.deploy(
            URI.create(target.setting("RETROSPEC_MANAGEMENT_URL")),
            target.setting("RETROSPEC_MANAGEMENT_USER"),
            target.setting("RETROSPEC_MANAGEMENT_PASSWORD"))) {
      for (Size size : Size.values()) {
        measured.add(measure(size, tag));
      }
    }
    write(results, measured);
  }

  private Measured measure(Size size, String tag) throws InterruptedException {
    Chunks chunks =
        new Chunks(
            new Requests(target.url()),
            target.ingestKey(),
            tag + size.name().charAt(0),
            size.bytes,
            size.variants,
            Instant.now());
    Measured measured = new Measured(size, chunks, new ArrayList<>(), new ArrayList<>());
    load(plan.firstWarmUp().dividedBy(2), () -> chunks.work(CeilingDeployment.CONTEXT));
    load(plan.firstWarmUp().dividedBy(2), () -> chunks.work(""));
    for (int round = 0; round < plan.rounds(); round++) {
      measured.ceiling.add(load(plan.warmUp(), () -> chunks.work(CeilingDeployment.CONTEXT)));
      measured.ingest.add(load(plan.warmUp(), () -> chunks.work("")));
    }
    return measured;
  }

  private Result load(Duration warmUp, Supplier<Work> work) throws InterruptedException {
    Result result =
        new LoadRun(target.url(), target.processes()::usage, numbers)
            .run(CONNECTIONS, warmUp, plan.measured(), work);
    all.add(result.laps());
    return result;
  }

  private void write(Path results, List<Measured> measured) throws IOException, SQLException {
    List<List<String>> rows = new ArrayList<>();
    measured.forEach(
        each -> {
          rows.add(row(each, "bare ceiling", each.ceiling));
          rows.add(row(each, "ingest", each.ingest));
        });
    Page page =
        new Page("Chunk ingest", target.sentence())
            .paragraph(
                "`POST /v1/recordings/{session}/chunks/{n}`, gzip, %d connections, each recording"
                    + " one new session of %d chunks after another. The bare ceiling is the same"
                    + " request to a servlet in the same server that inflates, streams through"
                    + " Jackson token by token, compresses with zstd and discards; ingest and"
                    + " ceiling alternate. MB/s count event JSON (1 MB = 10⁶ bytes). %d rounds of"
                    + " %d s each: median (least–most).",
                CONNECTIONS, Chunks.CHUNKS_OF_A_SESSION, plan.rounds(), plan.measured().toSeconds())
            .table(
                List.of(
                    "event JSON",
                    "gzip",
                    "handler",
                    "chunks/s",
                    "MB/s",
                    "p50 ms",
                    "p99 ms",
                    "server CPU s/s",
                    "PostgreSQL CPU s/s",
                    "load generator CPU s/s",
                    "others' share of the machine"),
                rows);
    for (Measured each : measured) {
      page.paragraph(
          "%s: ingest / ceiling %.2f (goal 0.60: %s)%s.",
          each.size.name,
          each.ratio(),
          Page.goal(each.ratio() >= GOAL_RATIO),
          each.size.hasGoal
              ? String.format(
                  Locale.ROOT,
                  ", %.1f MB/s (goal %.0f: %s)",
                  each.megabytes(),
                  GOAL_MEGABYTES,
                  Page.goal(each.megabytes() >= GOAL_MEGABYTES))
              : "");
    }
    page.failures(all.failures()).write(results, "chunks");
  }

  private static List<String> row(Measured measured, String handler, List<Result> results) {
    Chunks chunks = measured.chunks;
    return List.of(
        measured.size.name,
        String.format(Locale.ROOT, "%.1f KB", chunks.wireBytes() / 1e3),
        handler,
        Measured.rate(results).text(0),
        spread(results, result -> chunks.eventBytes() * result.perSecond() / 1e6).text(1),
        spread(results, result -> result.laps().millis(LoadRun.ALL, 50)).text(1),
        spread(results, result -> result.laps().millis(LoadRun.ALL, 99)).text(1),
        cpu(results, Usage::server),
        cpu(results, Usage::database),
        cpu(results, Usage::generator),
        String.format(
            Locale.ROOT,
            "%.0f %%",
            100 * spread(results, result -> result.used().othersShare()).median()));
  }

  private static String cpu(List<Result> results, ToDoubleFunction<Usage> process) {
    return spread(results, result -> process.applyAsDouble(result.used()) / result.seconds())
        .text(2);
  }

  private static Spread spread(List<Result> results, ToDoubleFunction<Result> figure) {
    return Spread.of(results.stream().mapToDouble(figure).toArray());
  }
}
