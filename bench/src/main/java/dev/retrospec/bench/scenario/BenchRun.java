package dev.retrospec.bench.scenario;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Measures a running RetroSpec. Arguments: the folder for the pages, {@code --quick} for a trial
 * whose figures mean nothing, and the scenarios (all, when none is named): {@code pipeline chunks
 * memory report-card growth scrub}.
 */
public final class BenchRun {

  private static final List<String> SCENARIOS =
      List.of("pipeline", "chunks", "memory", "report-card", "growth", "scrub");

  private BenchRun() {}

  public static void main(String[] arguments) throws Exception {
    List<String> given = Arrays.asList(arguments).subList(1, arguments.length);
    List<String> named = given.stream().filter(name -> !name.equals("--quick")).toList();
    if (!SCENARIOS.containsAll(named)) {
      System.err.println("Scenarios: " + String.join(" ", SCENARIOS));
      System.exit(2);
    }
    Path results = Path.of(arguments[0]);
    Plan plan = given.contains("--quick") ? Plan.QUICK : Plan.FULL;
    Target target = Target.of(System.getenv());
    // Session ids of one run never meet those of another.
    String tag = Long.toString(Instant.now().getEpochSecond(), 36);
    for (String scenario : named.isEmpty() ? SCENARIOS : named) {
      target.database().awaitNoJobs(PipelineBench.PATIENCE);
      switch (scenario) {
        case "pipeline" -> new PipelineBench(target, plan).run(results, tag);
        case "chunks" -> new ChunkBench(target, plan).run(results, tag);
        case "memory" -> new MemoryBench(target, plan).run(results, tag);
        case "report-card" -> new ReportCardBench(target, plan).run(results, tag);
        case "growth" -> new GrowthBench(target, plan).run(results, tag);
        case "scrub" -> new ScrubPage(target, plan).run(results);
        default -> throw new IllegalStateException(scenario);
      }
    }
  }
}
