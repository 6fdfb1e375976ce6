package dev.retrospec.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.bench.load.HttpConnection;
import dev.retrospec.bench.load.Laps;
import dev.retrospec.bench.load.LoadRun;
import dev.retrospec.bench.load.PatchedBytes;
import dev.retrospec.bench.load.Work;
import dev.retrospec.bench.machine.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Whether one more session, one more verdict and a list cost more when more is stored. */
final class GrowthBench {

  private static final byte[] NOTHING = {};
  private static final int FILLING_CONNECTIONS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Target target;
  private final Plan plan;
  private final Requests requests;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, Integer> failures = new TreeMap<>();

  GrowthBench(Target target, Plan plan) {
    this.target = target;
    this.plan = plan;
    this.requests = new Requests(target.url());
  }

  /** What is repeated, and under which name. */
  private record Step(String name, Work work) {}

  private record Figure(String name, double p50, double p95, double serverMs, double databaseMs) {

    double cpu() {
      return serverMs + databaseMs;
    }
  }

  void run(Path results, String tag) throws IOException, SQLException, InterruptedException {
    FreshProject project = FreshProject.create(target, tag);
    LegacyVisits visits = new LegacyVisits(requests, project.key(), tag + "g", Instant.now());
    int base = plan.sessionsStored()[0];
    Stock stock = new Stock(target.database(), project.id(), base);
    fill(visits, base);
    List<Long> stored = new ArrayList<>();
    List<List<Figure>> figures = new ArrayList<>();
    int copies = 0;
    for (int wanted : plan.sessionsStored()) {
      int more = wanted / base - 1 - copies;
      if (more > 0) {
        stock.copy(copies, more);
        copies += more;
      }
      stored.add(stock.sessions());
      figures.add(measure(project, visits));
    }
    write(results, stored, figures);
  }

  private void fill(LegacyVisits visits, int sessions) throws InterruptedException, SQLException {
    Work visit = visits.work();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < FILLING_CONNECTIONS; i++) {
      Laps laps = new Laps();
      Work own = i == 0 ? visit : visits.work();
      threads.add(new Thread(() -> fill(own, sessions, laps)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    target.database().awaitNoJobs(PipelineBench.PATIENCE);
  }

  private void fill(Work visit, int sessions, Laps laps) {
    try (HttpConnection connection = new HttpConnection(target.url())) {
      for (long n = numbers.getAndIncrement(); n < sessions; n = numbers.getAndIncrement()) {
        visit.once(connection, n, laps);
      }
    } catch (IOException e) {
      laps.fail(e.toString());
    }
    synchronized (failures) {
      laps.failures().forEach((what, count) -> failures.merge(what, count, Integer::sum));
    }
  }

  private List<Figure> measure(FreshProject project, LegacyVisits visits)
      throws IOException, SQLException, InterruptedException {
    String key = Requests.key(project.key());
    List<String> issues = issues(key);
    if (issues.isEmpty()) {
      throw new IllegalStateException("No issue came of the sessions");
    }
    String one = issues.get(0);
    List<Step> steps =
        List.of(
            new Step("one more session (upload, ingest, both jobs)", visits.work()),
            new Step("one more verdict (`POST …/state`)", verdicts(key, issues)),
            new Step("`GET /v1/issues?state=active`", reading(key, "/v1/issues?state=active")),
            new Step(
                "`GET /v1/issues/{key}/sessions`", reading(key, "/v1/issues/" + one + "/sessions")),
            new Step("`GET /v1/sessions`", reading(key, "/v1/sessions")));
    List<Figure> figures = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(target.url())) {
      for (Step step : steps) {
        repeat(step.work, connection, plan.growthSamples() / 3, new Laps());
        figures.add(figure(step, connection));
      }
    }
    return figures;
  }

  private Figure figure(Step step, HttpConnection connection)
      throws SQLException, InterruptedException {
    target.database().awaitNoJobs(PipelineBench.PATIENCE);
    Laps laps = new Laps();
    int samples = plan.growthSamples();
    Usage before = target.processes().usage();
    repeat(step.work, connection, samples, laps);
    target.database().awaitNoJobs(PipelineBench.PATIENCE);
    Usage used = target.processes().usage().since(before);
    laps.failures().forEach((what, count) -> failures.merge(what, count, Integer::sum));
    return new Figure(
        step.name,
        laps.millis(LoadRun.ALL, 50),
        laps.millis(LoadRun.ALL, 95),
        1000 * used.server() / samples,
        1000 * used.database() / samples);
  }

  private void repeat(Work work, HttpConnection connection, int times, Laps laps) {
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      try {
        work.once(connection, numbers.getAndIncrement(), laps);
      } catch (IOException e) {
        laps.fail(e.toString());
      }
      laps.add(LoadRun.ALL, System.nanoTime() - begun);
    }
  }

  private List<String> issues(String key) throws IOException {
    try (HttpConnection connection = new HttpConnection(target.url())) {
      byte[] head = requests.head("GET", "/v1/issues?state=active", key, 0).with(0);
      int status = connection.exchange(head, NOTHING);
      if (status != 200) {
        throw new IOException("No issues: " + status + " " + connection.content());
      }
      List<String> keys = new ArrayList<>();
      for (JsonNode issue :
          JSON.readTree(connection.content().getBytes(StandardCharsets.UTF_8)).path("issues")) {
        keys.add(issue.path("key").asText());
      }
      return keys;
    }
  }

  private Work verdicts(String key, List<String> issues) {
    List<byte[]> bodies = new ArrayList<>();
    for (String state : List.of("acknowledged", "open")) {
      bodies.add(
          ("{\"state\":\"" + state + "\",\"assignee\":\"bench\",\"note\":\"measured\"}")
              .getBytes(StandardCharsets.UTF_8));
    }
    List<List<PatchedBytes>> heads = new ArrayList<>();
    for (byte[] body : bodies) {
      heads.add(
          issues.stream()
              .map(
                  issue ->
                      requests.head("POST", "/v1/issues/" + issue + "/state", key, body.length))
              .toList());
    }
    return (connection, number, laps) -> {
      int issue = (int) (number % issues.size());
      int state = (int) (number / issues.size() % bodies.size());
      laps.timed(
          "verdict", connection, heads.get(state).get(issue).with(0), bodies.get(state), 200);
    };
  }

  private Work reading(String key, String path) {
    byte[] head = requests.head("GET", path, key, 0).with(0);
    return (connection, number, laps) -> laps.timed(path, connection, head, NOTHING, 200);
  }

  private void write(Path results, List<Long> stored, List<List<Figure>> figures)
      throws IOException, SQLException {
    List<List<String>> rows = new ArrayList<>();
    for (int step = 0; step < figures.get(0).size(); step++) {
      Figure first = figures.get(0).get(step);
      for (int level = 0; level < figures.size(); level++) {
        Figure figure = figures.get(level).get(step);
        rows.add(
            List.of(
                level == 0 ? figure.name : "",
                String.format(Locale.ROOT, "%,d", stored.get(level)),
                number(figure.p50),
                number(figure.p95),
                number(figure.serverMs),
                number(figure.databaseMs),
                number(figure.cpu() / first.cpu()),
                number(figure.p50 / first.p50)));
      }
    }
    new Page("Cost and growth", target.sentence())
        .paragraph(
            "A new project; the first %,d sessions come through the API (two requests each, %d"
                + " kinds of failure), the larger stocks are copies of them by SQL with all their"
                + " rows (markers, timeline, chunks, cluster membership, cards, artifacts, jobs;"
                + " class `Stock`). Each step %d times, one after the other, after a third of that"
                + " unseen. Processor time includes the work of the workers.",
            plan.sessionsStored()[0], LegacyVisits.FAILURES, plan.growthSamples())
        .table(
            List.of(
                "step",
                "sessions stored",
                "p50 ms",
                "p95 ms",
                "server CPU ms",
                "PostgreSQL CPU ms",
                "CPU, times the first",
                "p50, times the first"),
            rows)
        .failures(failures)
        .write(results, "growth");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
