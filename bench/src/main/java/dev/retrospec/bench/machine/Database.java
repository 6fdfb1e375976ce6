package dev.retrospec.bench.machine;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** RetroSpec's database: for figures that the API does not give, and for a large stock. */
public final class Database {

  private static final String OPEN_JOBS =
      "select count(*) from job where status in ('pending', 'running', 'retrying')";

  private final String url;
  private final Properties login = new Properties();

  /**
   * @param address {@code postgresql://user:password@host:port/database}, percent-encoded
   */
  public Database(String address) {
    URI uri = URI.create(address);
    String[] user = uri.getRawUserInfo().split(":", 2);
    login.setProperty("user", decoded(user[0]));
    login.setProperty("password", decoded(user[1]));
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    this.url =
        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath() + query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, login);
  }

  /** The process whose children serve connections; empty when it runs on another machine. */
  public OptionalLong postmaster() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return Processes.parentOf(number(statement, "select pg_backend_pid()"));
    }
  }

  /** For example "PostgreSQL 17.2". */
  public String version() throws SQLException {
    try (Connection connection = connect()) {
      return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion().split(" ")[0];
    }
  }

  /** Jobs that the workers have not done yet. */
  public long openJobs() throws SQLException {
    return number(OPEN_JOBS);
  }

  /**
   * Waits until the workers have nothing to do.
   *
   * @return seconds that it took
   * @throws IllegalStateException when they do not get there
   */
  public double awaitNoJobs(Duration patience) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      while (true) {
        long open = number(statement, OPEN_JOBS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (open == 0) {
          return seconds;
        }
        if (seconds > patience.toSeconds()) {
          throw new IllegalStateException(open + " jobs are not done after " + patience);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  public long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return number(statement, sql);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
