package dev.retrospec.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * PostgreSQL 17 from zonky's binaries, with its data kept between starts and, unlike zonky's
 * defaults, durable: {@code fsync} and {@code synchronous_commit} are on, because an acknowledged
 * recording must survive a crash on a developer's machine as well.
 *
 * <p>Listens on 127.0.0.1 only and asks for a password.
 */
final class PostgresqlDatabase implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  /**
   * The server's pool (10; more when it is set), migrations, a developer's psql, and the bench
   * beside it.
   */
  private static final String MAX_CONNECTIONS = "80";

  private final EmbeddedPostgres postgres;
  private final Map<String, String> facts;

  private PostgresqlDatabase(EmbeddedPostgres postgres, Map<String, String> facts) {
    this.postgres = postgres;
    this.facts = facts;
  }

  static PostgresqlDatabase start(EmbeddedServicesConfig.Postgresql config)
      throws IOException, SQLException {
    Path data = Files.createDirectories(config.directory()).resolve("data");
    Path firstStartDone = config.directory().resolve("first-start-done");
    stopLeftover(data);
    removeUnfinished(config.directory(), data, firstStartDone);
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setPort(config.port())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(config.directory().resolve("binaries").toFile())
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_TIMEOUT)
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(config.logFile().toFile()))
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(config.logFile().toFile()))
            .setConnectConfig("password", config.password())
            .setLocaleConfig("locale", "C.UTF-8")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", MAX_CONNECTIONS)
            .setServerConfig("shared_buffers", "128MB")
            .setServerConfig("max_wal_size", "2GB")
            .setServerConfig("wal_compression", "off")
            .setServerConfig("checkpoint_completion_target", "0.9")
            .setServerConfig("idle_in_transaction_session_timeout", "120s")
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    try {
      createRoleAndDatabase(postgres, config);
      requirePassword(postgres, data);
      Files.writeString(firstStartDone, "");
      return new PostgresqlDatabase(postgres, facts(postgres, data));
    } catch (IOException | SQLException failure) {
      postgres.close();
      throw failure;
    }
  }

  Map<String, String> facts() {
    return facts;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  private static Map<String, String> facts(EmbeddedPostgres postgres, Path data)
      throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("POSTGRESQL_PORT", Integer.toString(postgres.getPort()));
    postmaster(data).ifPresent(pid -> facts.put("POSTGRESQL_PID", Long.toString(pid)));
    return facts;
  }

  private static void createRoleAndDatabase(
      EmbeddedPostgres postgres, EmbeddedServicesConfig.Postgresql config) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      String user = statement.enquoteIdentifier(config.user(), true);
      String password = statement.enquoteLiteral(config.password());
      if (isMissing(connection, "select 1 from pg_roles where rolname = ?", config.user())) {
        statement.execute("create role " + user + " login");
      }
      statement.execute("alter role " + user + " password " + password);
      statement.execute("alter role postgres password " + password);
      if (isMissing(connection, "select 1 from pg_database where datname = ?", config.database())) {
        String database = statement.enquoteIdentifier(config.database(), true);
        statement.execute("create database " + database + " owner " + user);
      }
    }
  }

  private static boolean isMissing(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        return !found.next();
      }
    }
  }

  /** initdb leaves "trust" for everyone on this machine; from here on the password counts. */
  private static void requirePassword(EmbeddedPostgres postgres, Path data)
      throws IOException, SQLException {
    List<String> rules = List.of("host all all 127.0.0.1/32 scram-sha-256");
    Path file = data.resolve("pg_hba.conf");
    if (rules.equals(Files.readAllLines(file))) {
      return;
    }
    Files.write(file, rules);
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_reload_conf()");
    }
  }

  /**
   * Stops a PostgreSQL that outlived its parent (which was killed): it holds the lock on the data.
   */
  private static void stopLeftover(Path data) throws IOException {
    Optional<ProcessHandle> leftover = postmaster(data).flatMap(ProcessHandle::of);
    if (leftover.isEmpty() || !isPostgresOn(leftover.get(), data)) {
      return;
    }
    ProcessHandle postmaster = leftover.get();
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start();
    try {
      kill.waitFor();
      postmaster.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a former PostgreSQL was stopping", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw new IOException(
          "A former PostgreSQL (process " + postmaster.pid() + ") does not stop", failure);
    }
  }

  /**
   * A first start that was interrupted leaves half of the binaries or of the data directory, and
   * zonky would fail on both for ever. Nothing of value can be in them: the application starts
   * later.
   */
  private static void removeUnfinished(Path directory, Path data, Path firstStartDone)
      throws IOException {
    if (!Files.exists(firstStartDone)) {
      removeTree(data);
    }
    Path binaries = Files.createDirectories(directory.resolve("binaries"));
    try (Stream<Path> unpacked = Files.list(binaries)) {
      for (Path version : unpacked.filter(Files::isDirectory).toList()) {
        // Written by zonky when it has unpacked everything.
        if (!Files.exists(version.resolve(".exists"))) {
          removeTree(version);
        }
      }
    }
  }

  private static void removeTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static boolean isPostgresOn(ProcessHandle process, Path data) {
    return process.info().commandLine().orElse("").contains(data.toString());
  }

  private static Optional<Long> postmaster(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().findFirst().map(String::strip).map(Long::valueOf)
        : Optional.empty();
  }
}
