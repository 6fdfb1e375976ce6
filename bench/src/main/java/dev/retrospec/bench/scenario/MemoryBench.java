package dev.retrospec.bench.scenario;

import dev.retrospec.bench.load.HttpConnection;
import dev.retrospec.bench.machine.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** How much memory the server takes while many large bodies come in at once. */
final class MemoryBench {

  private static final int BODIES = 64;
  private static final int SIZE = 2_000_000;
  private static final double GOAL_BYTES = 1e9;

  private final Target target;
  private final Plan plan;

  MemoryBench(Target target, Plan plan) {
    this.target = target;
    this.plan = plan;
  }

  /** One round: all bodies half sent, then the rest of all. */
  private record Round(long peak, long after, double seconds, Usage used) {}

  void run(Path results, String tag)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    long before = target.processes().residentBytes();
    long peakSinceStart = target.processes().peakResidentBytes();
    Chunks chunks =
        new Chunks(
            new Requests(target.url()), target.ingestKey(), tag + "B", SIZE, 3, Instant.now());
    Map<String, Integer> failures = new TreeMap<>();
    List<Round> rounds = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(BODIES);
    List<HttpConnection> connections =
        IntStream.range(0, BODIES).mapToObj(i -> new HttpConnection(target.url())).toList();
    try {
      for (int i = 0; i < 3 * plan.rounds(); i++) {
        rounds.add(round(i, chunks, connections, threads, failures));
      }
    } finally {
      threads.shutdownNow();
      for (HttpConnection connection : connections) {
        connection.close();
      }
    }
    write(results, before, peakSinceStart, rounds, failures);
  }

  private Round round(
      int round,
      Chunks chunks,
      List<HttpConnection> connections,
      ExecutorService threads,
      Map<String, Integer> failures)
      throws InterruptedException, ExecutionException {
    boolean ownPeak = target.processes().forgetPeak();
    Usage before = target.processes().usage();
    long begun = System.nanoTime();
    CyclicBarrier halfWay = new CyclicBarrier(BODIES);
    List<Callable<Integer>> sending = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      sending.add(sending(chunks, connections.get(i), i, round, halfWay));
    }
    List<Future<Integer>> answers = new ArrayList<>();
    sending.forEach(one -> answers.add(threads.submit(one)));
    long peak = 0;
    while (!answers.stream().allMatch(Future::isDone)) {
      peak = Math.max(peak, target.processes().residentBytes());
      TimeUnit.MILLISECONDS.sleep(20);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    for (Future<Integer> answer : answers) {
      if (answer.get() != 202) {
        failures.merge("status " + answer.get(), 1, Integer::sum);
      }
    }
    return new Round(
        ownPeak ? target.processes().peakResidentBytes() : peak,
        target.processes().residentBytes(),
        seconds,
        target.processes().usage().since(before));
  }

  private static Callable<Integer> sending(
      Chunks chunks, HttpConnection connection, int body, int round, CyclicBarrier halfWay) {
    byte[] content = chunks.body(body);
    byte[] head = chunks.head("", round, content.length).with(body);
    return () -> {
      connection.begin(head, content, content.length / 2);
      halfWay.await(1, TimeUnit.MINUTES);
      return connection.finish(content, content.length / 2);
    };
  }

  private void write(
      Path results,
      long before,
      long peakSinceStart,
      List<Round> rounds,
      Map<String, Integer> failures)
      throws IOException, SQLException {
    double peak = rounds.stream().mapToLong(Round::peak).max().orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      Round round = rounds.get(i);
      rows.add(
          List.of(
              Integer.toString(i + 1),
              megabytes(round.peak),
              megabytes(round.after),
              number(round.seconds),
              number(round.used.server()),
              number(round.used.database())));
    }
    new Page("Memory with large bodies", target.sentence())
        .paragraph(
            "%d connections send a chunk of 2 MB of event JSON each (gzip); every one stops half"
                + " way until all have sent their first half, as slow clients do. Resident memory"
                + " of the server's process; before: %s MB (largest since its start: %s MB).",
            BODIES, megabytes(before), megabytes(peakSinceStart))
        .table(
            List.of("round", "peak MB", "after MB", "seconds", "server CPU s", "PostgreSQL CPU s"),
            rows)
        .paragraph(
            "Goal: at most 1 GB (10⁹ bytes). Peak %s MB: %s.",
            megabytes((long) peak), Page.goal(peak <= GOAL_BYTES && failures.isEmpty()))
        .failures(failures)
        .write(results, "memory");
  }

  private static String megabytes(long bytes) {
    return Long.toString(Math.round(bytes / 1e6));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
