package dev.retrospec.bench.clusters;

import dev.retrospec.alerts.IssueSightings;
import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.alerts.rules.Threshold.Measure;
import dev.retrospec.bench.machine.Machine;
import dev.retrospec.bench.machine.MemoryDatabase;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.persistence.JdbiProducer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures one look at a threshold. Arguments: the folder for the page, and how many markers a
 * project got within the window, several times, rising.
 */
public final class ThresholdBench {

  private static final int TIMES = 40;
  private static final int WINDOW_MINUTES = 1_440;

  /** All markers are of one issue, in the sessions that they are in. */
  private static final List<String> ONE_ISSUE =
      List.of(
          "update error_marker set cluster_key = (select min(key) from issue_cluster"
              + " where project_id = :project) where project_id = :project",
          "update issue_cluster set last_seen_at = now() where project_id = :project"
              + " and key = (select min(key) from issue_cluster where project_id = :project)",
          "delete from cluster_session where project_id = :project",
          """
          insert into cluster_session (project_id, cluster_key, session_id, visitor,
            first_marker_id, marker_count, first_observed_at, last_observed_at, created_at)
          select project_id, min(cluster_key), session_id, 'u:' || session_id, min(id), count(*),
                 now(), now(), now()
          from error_marker where project_id = :project group by project_id, session_id
          """);

  private final Connection connection;
  private final Jdbi jdbi;
  private final ProjectId project;
  private final IssueSightings sightings;

  private ThresholdBench(Connection connection, ProjectId project) {
    this.connection = connection;
    this.jdbi = JdbiProducer.configure(Jdbi.create(connection));
    this.project = project;
    this.sightings = new IssueSightings(jdbi);
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    StringBuilder page = new StringBuilder("# One look at a threshold\n\n");
    page.append(
            Machine.sentence(
                Optional.ofNullable(System.getenv("BENCH_COMMIT")).orElse("unknown"),
                "PostgreSQL 17 with shared_buffers of 1 GB",
                "none (the use case alone)"))
        .append(
            String.format(
                Locale.ROOT,
                "%n%nA project with so many markers within the window of a day, ten of a session,"
                    + " either ten of an issue (of which the 500 seen last are looked at) or all of"
                    + " one. The rule asks for 8 of an issue, so that every issue that is looked at"
                    + " crosses it and is counted for good: the dearest look. Median of %d; pages"
                    + " are what PostgreSQL read in tables and indexes.%n%n"
                    + "| markers | of | crossed | markers: ms | pages | sessions: ms | pages |"
                    + " users: ms | pages |%n|---|---|---|---|---|---|---|---|---|%n",
                TIMES));
    try (MemoryDatabase database = MemoryDatabase.start(Optional.empty())) {
      for (String size : Arrays.asList(arguments).subList(1, arguments.length)) {
        int markers = Integer.parseInt(size);
        ProjectId project = database.newProject();
        MarkerStock.fill(database.jdbi(), project, 0, markers);
        try (Handle handle = database.jdbi().open()) {
          ThresholdBench bench = new ThresholdBench(handle.getConnection(), project);
          bench.change(List.of("update issue_cluster set promoted_at = now()"));
          page.append(bench.row(markers, "ten of an issue"));
          bench.change(ONE_ISSUE);
          page.append(bench.row(markers, "one issue"));
        }
      }
    }
    page.append(
        "\nFrom 10,000 markers on, of which 500 issues are looked at, what grows is the list of"
            + " issues that were seen within the window and a day, from which these 500 are taken;"
            + " of one issue, what is counted: never more than 10,000 rows of an index.\n");
    Path results = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(results.resolve("thresholds.md"), page);
    System.out.println(page);
  }

  private void change(List<String> statements) throws SQLException {
    connection.setAutoCommit(true);
    jdbi.useHandle(
        handle -> {
          for (String sql : statements) {
            handle
                .createUpdate(sql)
                .configure(
                    org.jdbi.v3.core.statement.SqlStatements.class,
                    each -> each.setUnusedBindingAllowed(true))
                .bind("project", project)
                .execute();
          }
          handle.execute("vacuum analyze");
        });
  }

  private record Cost(int crossed, double p50, long pages) {}

  private String row(int markers, String of) throws SQLException {
    Cost byMarkers = measure(Measure.MARKERS);
    Cost bySessions = measure(Measure.SESSIONS);
    Cost byUsers = measure(Measure.USERS);
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %,d | %.1f | %,d | %.1f | %,d | %.1f | %,d |%n",
        markers,
        of,
        byMarkers.crossed(),
        byMarkers.p50(),
        byMarkers.pages(),
        bySessions.p50(),
        bySessions.pages(),
        byUsers.p50(),
        byUsers.pages());
  }

  private Cost measure(Measure measure) throws SQLException {
    Threshold threshold = new Threshold(measure, 8, WINDOW_MINUTES);
    double[] milliseconds = new double[TIMES];
    long pages = 0;
    int crossed = 0;
    for (int i = 0; i < TIMES; i++) {
      connection.setAutoCommit(false);
      long before = pages();
      long began = System.nanoTime();
      crossed =
          sightings
              .crossed(project, new AlertRuleId("rule_bench"), threshold, Instant.now())
              .size();
      milliseconds[i] = (System.nanoTime() - began) / 1e6;
      pages = pages() - before;
      connection.commit();
      connection.setAutoCommit(true);
    }
    Arrays.sort(milliseconds);
    return new Cost(crossed, milliseconds[TIMES / 2], pages);
  }

  private long pages() {
    return jdbi.withHandle(
        handle -> handle.createQuery(ClusterBench.PAGES).mapTo(Long.class).one());
  }
}
