package dev.retrospec.bench.clusters;

import dev.retrospec.bench.machine.Machine;
import dev.retrospec.bench.machine.MemoryDatabase;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.ClusterContributions;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.ClusterVisitors;
import dev.retrospec.issues.ClustersFound;
import dev.retrospec.issues.MarkerIntake;
import dev.retrospec.issues.NoiseRules;
import dev.retrospec.platform.persistence.JdbiProducer;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.Visitor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures one more marker. Arguments: the folder for the page, and how many markers are stored,
 * several times, rising.
 */
public final class ClusterBench {

  private static final int TIMES = 400;
  private static final int UNSEEN = 150;

  private static final String JOB =
      """
      insert into job (kind, project_id, subject, dedupe_key, max_attempts)
      select 'recognition', :project, key, 'recognition|' || key, 5 from unnest(:keys) as k(key)
      where not exists (select from job j where j.dedupe_key = 'recognition|' || key
        and j.created_at > now() - interval '1 hour')
      """;

  /** Those that the transaction has read so far, in tables and indexes. */
  static final String PAGES =
      """
      select coalesce(sum(pg_stat_get_xact_blocks_fetched(c.oid)), 0)::bigint
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'i')
      """;

  private final Connection connection;
  private final Jdbi jdbi;
  private final ProjectId project;
  private final MarkerIntake intake;
  private int sessions;

  private ClusterBench(Connection connection, ProjectId project) {
    this.connection = connection;
    this.jdbi = JdbiProducer.configure(Jdbi.create(connection));
    this.project = project;
    this.intake =
        new MarkerIntake(
            new ClusterContributions(jdbi),
            new ClusterDecisions(jdbi),
            new ErrorMarkers(jdbi),
            new ClusterVisitors(jdbi),
            new NoiseRules(jdbi, Clock.systemUTC()),
            jobs(),
            new SimpleMeterRegistry(),
            Clock.systemUTC());
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    StringBuilder page = new StringBuilder("# One more marker\n\n");
    try (MemoryDatabase database = MemoryDatabase.start(Optional.empty())) {
      ProjectId project = database.newProject();
      page.append(
              Machine.sentence(
                  Optional.ofNullable(System.getenv("BENCH_COMMIT")).orElse("unknown"),
                  "PostgreSQL 17 with shared_buffers of 1 GB",
                  "none (the use case alone)"))
          .append(
              String.format(
                  Locale.ROOT,
                  "%n%nA project with so many markers, ten of a session and ten of a cluster"
                      + " (`MarkerStock`). A new session reports one marker: of a failure that is"
                      + " known, and of one that nobody has seen, whose job for the comparison is"
                      + " one insert more. One connection, a transaction each, %d times after %d"
                      + " unseen; pages are what PostgreSQL read in tables and indexes.%n%n"
                      + "| markers stored | clusters | known: p50 ms | p95 ms | pages | new: p50 ms"
                      + " | p95 ms | pages | known, times the first | new, times the first |%n"
                      + "|---|---|---|---|---|---|---|---|---|---|%n",
                  TIMES,
                  UNSEEN));
      try (Handle handle = database.jdbi().open()) {
        ClusterBench bench = new ClusterBench(handle.getConnection(), project);
        int stored = 0;
        Cost firstKnown = null;
        Cost firstNew = null;
        for (String size : Arrays.asList(arguments).subList(1, arguments.length)) {
          int markers = Integer.parseInt(size);
          MarkerStock.fill(database.jdbi(), project, stored, markers);
          stored = markers;
          Cost known = bench.measure(size, false);
          Cost fresh = bench.measure(size, true);
          firstKnown = firstKnown == null ? known : firstKnown;
          firstNew = firstNew == null ? fresh : firstNew;
          page.append(
              String.format(
                  Locale.ROOT,
                  "| %,d | %,d | %.2f | %.2f | %d | %.2f | %.2f | %d | %.2f | %.2f |%n",
                  markers,
                  bench.number("select count(*) from issue_cluster"),
                  known.p50(),
                  known.p95(),
                  known.pages(),
                  fresh.p50(),
                  fresh.p95(),
                  fresh.pages(),
                  known.p50() / firstKnown.p50(),
                  fresh.p50() / firstNew.p50()));
        }
      }
    }
    Path results = Files.createDirectories(Path.of(arguments[0]));
    Path file = results.resolve("clusters.md");
    page.append(others(file));
    Files.writeString(file, page);
    System.out.println(page);
  }

  /** What stands in the page besides, measured by a test: it says by which. */
  private static String others(Path file) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    int at = before.indexOf("\n# ");
    return at < 0 ? "" : before.substring(at);
  }

  private record Cost(double p50, double p95, long pages) {}

  private Cost measure(String name, boolean fresh) throws SQLException {
    double[] milliseconds = new double[TIMES];
    long pages = 0;
    for (int i = -UNSEEN; i < TIMES; i++) {
      String session = "visit-" + sessions++;
      connection.setAutoCommit(false);
      long before = i == TIMES - 1 ? pages() : 0;
      long began = System.nanoTime();
      report(session, fresh ? words(name, i) : "known");
      if (i == TIMES - 1) {
        pages = pages() - before;
      }
      connection.commit();
      if (i >= 0) {
        milliseconds[i] = (System.nanoTime() - began) / 1e6;
      }
      connection.setAutoCommit(true);
    }
    Arrays.sort(milliseconds);
    return new Cost(milliseconds[TIMES / 2], milliseconds[TIMES * 95 / 100], pages);
  }

  /** Letters only: numbers are masked. */
  private static String words(String name, int at) {
    StringBuilder word = new StringBuilder("never");
    for (char digit : (name + "x" + (at + UNSEEN)).toCharArray()) {
      word.append((char) ('a' + digit % 26));
    }
    return word.toString();
  }

  private void report(String session, String what) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into session (project_id, id, site, route, started_at, ended_at,"
                    + " duration_ms) values (?, ?, 'shop.test', '/', now(), now(), 1000)",
                project,
                session));
    String stack =
        "TypeError: no total\n    at "
            + what
            + " (https://shop.test/cart.js:1:1)\n    at render (https://shop.test/view.js:2:2)\n";
    intake.record(
        project,
        new SessionId(session),
        new Visitor("u:" + session),
        List.of(
            new ObservedMarker(
                new MarkerId("m1"),
                MarkerKind.JS_EXCEPTION,
                null,
                null,
                "TypeError: no total",
                null,
                "/cart",
                1_000,
                new ErrorDetail("TypeError", "no total", stack, null, null),
                null,
                null,
                List.of(),
                java.time.Instant.now())));
  }

  /** What the observer does with new clusters: one insert. */
  @SuppressWarnings("unchecked")
  private Event<ClustersFound> jobs() {
    return (Event<ClustersFound>)
        Proxy.newProxyInstance(
            Event.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (proxy, method, arguments) -> {
              ClustersFound found = (ClustersFound) arguments[0];
              jdbi.useHandle(
                  handle ->
                      handle
                          .createUpdate(JOB)
                          .bind("project", project)
                          .bindArray(
                              "keys",
                              String.class,
                              found.keys().stream().map(key -> key.value()).toList())
                          .execute());
              return null;
            });
  }

  private long pages() {
    return number(PAGES);
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
