package dev.retrospec.system;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * The rows of a small shop as a week of visits would have left them: enough to look at, to filter
 * and to triage. They go straight into the database; how rows come to be is other tests' matter.
 */
final class StoredShop implements AutoCloseable {

  private static final List<String> BROWSERS =
      List.of("Chrome 141", "Chrome 141", "Safari 19", "Firefox 143");
  private static final List<String> SYSTEMS =
      List.of("Windows 11", "macOS 16", "iOS 19", "Android 16");
  private static final List<String> PEOPLE =
      List.of(
          "ada@tea.example",
          "grace@tea.example",
          "linus@tea.example",
          "mary@tea.example",
          "alan@tea.example",
          "edsger@tea.example",
          "barbara@tea.example",
          "donald@tea.example");

  /** A failure that several visits share. */
  record Failure(
      String key, String kind, String symptom, String route, String state, int sessions) {}

  static final List<Failure> FAILURES =
      List.of(
          new Failure(
              "v1-pay-502", "api_error", "POST /api/pay answers 502", "/checkout", "open", 17),
          new Failure(
              "v1-gift-wrap",
              "js_exception",
              "TypeError: Cannot read properties of undefined (reading 'card')",
              "/basket",
              "regressed",
              9),
          new Failure(
              "v1-notify-me",
              "ui_no_effect",
              "“Notify me” does nothing, pressed again and again",
              "/products/:id",
              "acknowledged",
              6),
          new Failure(
              "v1-postcode",
              "validation_failed",
              "The form refuses the postcode",
              "/checkout/address",
              "open",
              5),
          new Failure(
              "v1-search",
              "js_exception",
              "Unhandled rejection: AbortError in search suggestions",
              "/",
              "muted",
              12),
          new Failure(
              "v1-stock",
              "api_error",
              "GET /api/stock answers 404",
              "/products/:id",
              "resolved",
              4));

  private final Connection connection;
  private final String project;
  private final Instant now = Instant.now();
  private final Random random = new Random(42);

  StoredShop(String databaseUrl, String project) throws SQLException {
    URI url = URI.create(databaseUrl);
    String[] login = url.getUserInfo().split(":", 2);
    this.connection =
        DriverManager.getConnection(
            "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
            login[0],
            login[1]);
    this.project = project;
  }

  /** A project with nothing in it. */
  StoredShop withProject(String name) throws SQLException {
    write(
        "insert into project (id, name, site) values (?, ?, 'shop.tea.example') on conflict do nothing",
        project,
        name);
    write("insert into recording_rules (project_id) values (?) on conflict do nothing", project);
    return this;
  }

  /** A login; the password's hash in the format that the server reads. */
  StoredShop withUser(String name, String bcrypt, String role) throws SQLException {
    write(
        "insert into app_user (username, password_hash, role) values (?, ?, ?)"
            + " on conflict (username) do nothing",
        name,
        bcrypt,
        role);
    return this;
  }

  /** Every failure with its sessions, and as many healthy visits. */
  StoredShop withAWeekOfVisits() throws SQLException {
    for (Failure failure : FAILURES) {
      store(failure);
    }
    write(
        """
        insert into project_hour (project_id, hour, kind, release, browser, sessions)
        select cs.project_id, date_trunc('hour', cs.created_at, 'UTC'), c.kind,
          coalesce(s.release, ''), coalesce(s.browser, ''), count(*)
        from cluster_session cs
        join issue_cluster c on c.project_id = cs.project_id and c.key = cs.cluster_key
        join session s on s.project_id = cs.project_id and s.id = cs.session_id
        where cs.project_id = ? group by 1, 2, 3, 4, 5 on conflict do nothing
        """,
        project);
    for (int i = 0; i < 40; i++) {
      session("healthy-" + i, "/", i * 3L + 1, 0);
    }
    return this;
  }

  /** One healthy visit of maria. */
  StoredShop withVisit(String id) throws SQLException {
    session(id, "/", 1, 0);
    write(
        "update session set user_id = 'maria@tea.example' where project_id = ? and id = ?",
        project,
        id);
    return this;
  }

  /** Healthy visits in one statement, for a list that is long. */
  StoredShop withVisits(int count) throws SQLException {
    write(
        """
        insert into session (project_id, id, site, route, started_at, ended_at, duration_ms, status,
          user_id, browser, os, event_count, stored_bytes)
        select ?, 'visit-' || n, 'shop', '/products/' || n % 20, now() - n * interval '1 minute',
          now(), 60000, 'ready', 'user-' || n % 300, 'Chrome 141', 'Windows 11', 500, 40000
        from generate_series(1, ?) n
        """,
        project, count);
    return this;
  }

  private void store(Failure failure) throws SQLException {
    long newest = failure.state().equals("resolved") ? 60 : random.nextInt(5);
    for (int i = 0; i < failure.sessions(); i++) {
      String session = failure.key() + "-" + i;
      long hours = newest + (long) i * i * 140 / (failure.sessions() * failure.sessions());
      session(session, failure.route().replace(":id", "oolong"), hours, 1);
      marker(failure, session, hours);
      report(failure, session, i);
    }
    write(
        """
        insert into issue_cluster (project_id, key, kind, symptom, route, session_count, user_count,
          marker_count, representative_session_id, representative_marker_id, confidence,
          first_seen_at, last_seen_at, promoted_at, promotion_trigger, promotion_reason, state,
          assignee, muted_until, state_updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ingest', ?, ?, ?, ?, ?)
        """,
        project,
        failure.key(),
        failure.kind(),
        failure.symptom(),
        failure.route(),
        failure.sessions(),
        Math.min(failure.sessions(), PEOPLE.size()),
        failure.sessions() + 3,
        failure.key() + "-0",
        "m-" + failure.key() + "-0",
        0.5 + failure.sessions() / 40.0,
        hoursAgo(newest + 140),
        hoursAgo(newest),
        hoursAgo(newest + 120),
        failure.sessions() + " sessions show the same failure; 2 are enough",
        failure.state(),
        failure.state().equals("open") ? null : "grace",
        failure.state().equals("muted") ? Timestamp.from(now.plus(Duration.ofDays(3))) : null,
        failure.state().equals("open") ? null : hoursAgo(8));
  }

  private void session(String id, String route, long hours, int markers) throws SQLException {
    write(
        """
        insert into session (project_id, id, site, route, started_at, ended_at, duration_ms, status,
          user_id, anonymous_id, browser, os, device, release, environment, viewport_width,
          viewport_height, url, event_count, stored_bytes, chunk_count, marker_count, error_count,
          masked, created_at)
        values (?, ?, 'shop', ?, ?, ?, ?, 'ready', ?, ?, ?, ?, 'Desktop', ?, 'production', 1280, 800,
          ?, ?, ?, 4, ?, ?, 12, ?)
        """,
        project,
        id,
        route,
        hoursAgo(hours),
        hoursAgo(hours),
        40_000L + random.nextInt(500_000),
        markers == 0 && random.nextBoolean() ? null : pick(PEOPLE),
        "anon-" + id.hashCode(),
        pick(BROWSERS),
        pick(SYSTEMS),
        "2026.11." + (1 + random.nextInt(3)),
        "https://shop.tea.example" + route,
        300 + random.nextInt(2_000),
        40_000 + random.nextInt(400_000),
        markers,
        markers,
        hoursAgo(hours));
  }

  private void marker(Failure failure, String session, long hours) throws SQLException {
    write(
        """
        insert into error_marker (project_id, session_id, id, kind, cluster_key, label, evidence,
          route, replay_offset_ms, error, observed_at)
        values (?, ?, ?, ?, ?, ?, 'Seen after pressing “Pay”', ?, ?, cast(? as jsonb), ?)
        """,
        project,
        session,
        "m-" + session,
        failure.kind(),
        failure.key(),
        failure.symptom(),
        failure.route(),
        12_000L + random.nextInt(20_000),
        failure.kind().equals("js_exception")
            ? "{\"type\": \"TypeError\", \"stack\": \"TypeError: card is undefined\\n"
                + "    at wrap (https://shop.tea.example/basket.js:41:17)\\n"
                + "    at HTMLButtonElement.onclick (https://shop.tea.example/basket.js:12:5)\"}"
            : null,
        hoursAgo(hours));
    write(
        """
        insert into cluster_session (project_id, cluster_key, session_id, visitor, first_marker_id,
          marker_count, first_observed_at, last_observed_at, created_at)
        values (?, ?, ?, ?, ?, 1, ?, ?, ?)
        """,
        project,
        failure.key(),
        session,
        session,
        "m-" + session,
        hoursAgo(hours),
        hoursAgo(hours),
        hoursAgo(hours));
  }

  private void report(Failure failure, String session, int index) throws SQLException {
    boolean ready = index % 4 != 3;
    write(
        """
        insert into report_card (id, project_id, session_id, status, symptom, technical_root_cause,
          suggested_fix, text_summary, visual_summary, confidence, evidence, generated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), now())
        """,
        "rep-" + project + session,
        project,
        session,
        ready ? "ready" : "pending",
        ready ? failure.symptom() : "",
        ready
            ? "The payment service was not reached: the shop's own proxy gave up after 30 s."
            : "",
        ready ? "Give the voucher code to the payment service before the total is computed." : "",
        ready
            ? "The visitor filled the basket, entered a voucher and pressed “Pay” three times."
            : "",
        ready ? "The button stays grey; no message appears." : "",
        ready ? 0.4 + (index % 5) / 10.0 : 0.0,
        """
        [{"atMs": 9200, "text": "Voucher TEA10 entered"},
         {"atMs": 12400, "text": "POST /api/pay answered 502 after 30.1 s"},
         {"atMs": 13100, "text": "“Pay” pressed twice more, nothing changed"}]
        """);
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private Timestamp hoursAgo(long hours) {
    return Timestamp.from(now.minus(Duration.ofHours(hours)).minus(Duration.ofMinutes(7)));
  }

  void write(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      statement.executeUpdate();
    }
  }

  /** Writes a row whose number the database chooses. */
  long id(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
