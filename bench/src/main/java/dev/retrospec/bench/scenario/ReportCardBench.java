package dev.retrospec.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.bench.load.HttpConnection;
import dev.retrospec.bench.load.Laps;
import dev.retrospec.bench.load.Work;
import dev.retrospec.bench.machine.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** From the answer to an ingest to its report card and its artifact, on an idle machine. */
final class ReportCardBench {

  private static final String CARD = "report card";
  private static final String ARTIFACT = "analysis_json";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double GOAL_MS = 5_000;
  private static final byte[] NOTHING = {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Target target;
  private final Plan plan;
  private final Requests requests;

  ReportCardBench(Target target, Plan plan) {
    this.target = target;
    this.plan = plan;
    this.requests = new Requests(target.url());
  }

  void run(Path results, String tag) throws IOException, SQLException, InterruptedException {
    LegacyVisits visits = new LegacyVisits(requests, target.ingestKey(), tag + "r", Instant.now());
    Laps laps = new Laps();
    Usage before;
    try (HttpConnection connection = new HttpConnection(target.url())) {
      Work visit = visits.work();
      for (int i = 0; i < 5; i++) {
        visit.once(connection, i, new Laps()); // warm-up
      }
      target.database().awaitNoJobs(PATIENCE);
      before = target.processes().usage();
      for (int i = 5; i < 5 + plan.reportCards(); i++) {
        visit.once(connection, i, laps);
        await(connection, visits.session(i), laps);
      }
    }
    Usage used = target.processes().usage().since(before);
    write(results, laps, used);
  }

  private void await(HttpConnection connection, String session, Laps laps)
      throws IOException, InterruptedException {
    byte[] head =
        requests
            .head("GET", "/v1/sessions/" + session, Requests.key(target.secretKey()), 0)
            .with(0);
    long begun = System.nanoTime();
    boolean card = false;
    boolean artifact = false;
    while (!card || !artifact) {
      int status = connection.exchange(head, NOTHING);
      JsonNode stored = JSON.readTree(connection.content().getBytes(StandardCharsets.UTF_8));
      long waited = System.nanoTime() - begun;
      if (status != 200 || waited > PATIENCE.toNanos()) {
        laps.fail("not there after " + waited / 1_000_000_000 + " s, status " + status);
        return;
      }
      if (!card && isDecided(stored.at("/session/reportCard/status").asText())) {
        card = true;
        laps.add(CARD, waited);
      }
      if (!artifact && isReady(stored.at("/session/artifacts"))) {
        artifact = true;
        laps.add(ARTIFACT, waited);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static boolean isDecided(String status) {
    return !status.isEmpty() && !status.equals("pending");
  }

  private static boolean isReady(JsonNode artifacts) {
    for (JsonNode artifact : artifacts) {
      if (artifact.path("artifactType").asText().equals(ARTIFACT)
          && artifact.path("status").asText().equals("ready")) {
        return true;
      }
    }
    return false;
  }

  private void write(Path results, Laps laps, Usage used) throws IOException, SQLException {
    double slowest = Math.max(laps.millis(CARD, 100), laps.millis(ARTIFACT, 100));
    new Page("From ingest to report card", target.sentence())
        .paragraph(
            "%d sessions one after the other: upload, ingest, then from the ingest's answer until"
                + " `GET /v1/sessions/{id}` (asked every 5 ms) shows a report card that is not"
                + " pending, and an `analysis_json` artifact that is ready. Others used %.0f %% of"
                + " the machine meanwhile.",
            plan.reportCards(), 100 * used.othersShare())
        .table(
            List.of("until", "n", "p50 ms", "p95 ms", "slowest ms"),
            List.of(row(CARD, laps), row(ARTIFACT, laps)))
        .paragraph(
            "Goal: below 5 s. Slowest: %.0f ms: %s. Server CPU %.1f s, PostgreSQL %.1f s in all.",
            slowest,
            Page.goal(slowest < GOAL_MS && laps.failures().isEmpty()),
            used.server(),
            used.database())
        .failures(laps.failures())
        .write(results, "report-card");
  }

  private static List<String> row(String series, Laps laps) {
    return List.of(
        series,
        Long.toString(laps.count(series)),
        millis(laps.millis(series, 50)),
        millis(laps.millis(series, 95)),
        millis(laps.millis(series, 100)));
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
