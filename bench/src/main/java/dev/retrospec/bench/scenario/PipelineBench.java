package dev.retrospec.bench.scenario;

import dev.retrospec.bench.load.Laps;
import dev.retrospec.bench.load.LoadRun;
import dev.retrospec.bench.machine.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** Legacy pipeline: how many visits per second, and how long each takes. */
final class PipelineBench {

  private static final int[] CONNECTIONS = {1, 16, 64};
  private static final int GOAL_CONNECTIONS = 16;
  private static final double GOAL_PER_SECOND = 400;
  private static final double GOAL_P99_MS = 100;
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Target target;
  private final Plan plan;
  private final AtomicLong numbers = new AtomicLong();

  PipelineBench(Target target, Plan plan) {
    this.target = target;
    this.plan = plan;
  }

  /** One measured round, and what it left to the workers. */
  private record Round(LoadRun.Result load, long backlog, double drainSeconds) {}

  void run(Path results, String tag) throws IOException, SQLException, InterruptedException {
    LegacyVisits visits =
        new LegacyVisits(new Requests(target.url()), target.ingestKey(), tag, Instant.now());
    Laps all = new Laps();
    all.add(load(visits, GOAL_CONNECTIONS, plan.firstWarmUp()).load().laps());
    List<List<Round>> rounds = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < CONNECTIONS.length; i++) {
        if (round == 0) {
          rounds.add(new ArrayList<>());
        }
        Round measured = load(visits, CONNECTIONS[i], plan.warmUp());
        rounds.get(i).add(measured);
        all.add(measured.load().laps());
      }
    }
    write(results, rounds, all);
  }

  private Round load(LegacyVisits visits, int connections, Duration warmUp)
      throws InterruptedException, SQLException {
    LoadRun.Result result =
        new LoadRun(target.url(), target.processes()::usage, numbers)
            .run(connections, warmUp, plan.measured(), visits::work);
    long backlog = target.database().openJobs();
    return new Round(result, backlog, target.database().awaitNoJobs(PATIENCE));
  }

  private void write(Path results, List<List<Round>> rounds, Laps all)
      throws IOException, SQLException {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS.length; i++) {
      rows.add(row(CONNECTIONS[i], rounds.get(i)));
    }
    List<Round> judged = rounds.get(1);
    double perSecond = spread(judged, round -> round.load().perSecond()).median();
    double p99 = spread(judged, round -> millis(round, LoadRun.ALL, 99)).median();
    new Page("Legacy pipeline", target.sentence())
        .paragraph(
            "One session is two requests of one connection, one after the other: `POST"
                + " /v1/artifacts/session-events` with about %d KB of rrweb events, then `POST"
                + " /v1/ingest/session` with one or two markers. Each session is new and of a new"
                + " person; every fourth shows the same failure, the others one of %d. Closed loop;"
                + " %d rounds of %d s after %d s of warm-up each, and %d s of the same load before the"
                + " first, because the compiler shares the cores: median (least–most). The workers"
                + " run meanwhile; what they have not done by the end of a round is its backlog,"
                + " and the next round waits until it is done.",
            LegacyVisits.EVENT_BYTES / 1000,
            LegacyVisits.FAILURES,
            plan.rounds(),
            plan.measured().toSeconds(),
            plan.warmUp().toSeconds(),
            plan.firstWarmUp().toSeconds())
        .table(
            List.of(
                "connections",
                "sessions/s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "p99 upload ms",
                "p99 ingest ms",
                "server CPU s/s",
                "PostgreSQL CPU s/s",
                "load generator CPU s/s",
                "others' share of the machine",
                "jobs left",
                "done after s"),
            rows)
        .paragraph(
            "Goal at %d connections: at least %.0f sessions/s (%.0f: %s), p99 below %.0f ms (%.0f"
                + " ms: %s), nothing failing (%s).",
            GOAL_CONNECTIONS,
            GOAL_PER_SECOND,
            perSecond,
            Page.goal(perSecond >= GOAL_PER_SECOND),
            GOAL_P99_MS,
            p99,
            Page.goal(p99 < GOAL_P99_MS),
            Page.goal(all.failures().isEmpty()))
        .failures(all.failures())
        .write(results, "pipeline");
  }

  private static List<String> row(int connections, List<Round> rounds) {
    return List.of(
        Integer.toString(connections),
        spread(rounds, round -> round.load().perSecond()).text(0),
        spread(rounds, round -> millis(round, LoadRun.ALL, 50)).text(1),
        spread(rounds, round -> millis(round, LoadRun.ALL, 95)).text(1),
        spread(rounds, round -> millis(round, LoadRun.ALL, 99)).text(1),
        spread(rounds, round -> millis(round, LegacyVisits.UPLOAD, 99)).text(1),
        spread(rounds, round -> millis(round, LegacyVisits.INGEST, 99)).text(1),
        cpu(rounds, Usage::server),
        cpu(rounds, Usage::database),
        cpu(rounds, Usage::generator),
        String.format(
            Locale.ROOT,
            "%.0f %%",
            100 * spread(rounds, round -> round.load().used().othersShare()).median()),
        spread(rounds, Round::backlog).text(0),
        spread(rounds, Round::drainSeconds).text(1));
  }

  private static double millis(Round round, String series, double percentile) {
    return round.load().laps().millis(series, percentile);
  }

  private static String cpu(List<Round> rounds, ToDoubleFunction<Usage> process) {
    return spread(
            rounds, round -> process.applyAsDouble(round.load().used()) / round.load().seconds())
        .text(2);
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).toArray());
  }
}
