package dev.retrospec.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try")
class PostgresqlDatabaseTest {

  @TempDir Path directory;
  private EmbeddedServicesConfig.Postgresql config;

  @BeforeEach
  void chooseAFreePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      config =
          new EmbeddedServicesConfig.Postgresql(
              socket.getLocalPort(),
              directory.resolve("postgresql"),
              directory.resolve("postgresql.log"),
              "retrospec",
              "retrospec",
              "it's secret");
    }
  }

  @Test
  void keepsItsDataBetweenStartsAndIsDurable() throws Exception {
    try (PostgresqlDatabase ignored = PostgresqlDatabase.start(config)) {
      execute("create table kept (note text)");
      execute("insert into kept values ('still here')");
    }
    try (PostgresqlDatabase ignored = PostgresqlDatabase.start(config)) {
      assertThat(query("select note from kept")).isEqualTo("still here");
      assertThat(query("show fsync")).isEqualTo("on");
      assertThat(query("show synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void refusesAWrongPassword() throws Exception {
    try (PostgresqlDatabase ignored = PostgresqlDatabase.start(config)) {
      assertThatThrownBy(() -> connect("guessed")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> DriverManager.getConnection(url(), "postgres", ""))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void startsAfterAFirstStartThatWasInterrupted() throws Exception {
    Files.createDirectories(config.directory().resolve("binaries/PG-half/lib"));
    Files.createDirectories(config.directory().resolve("data/base"));

    try (PostgresqlDatabase ignored = PostgresqlDatabase.start(config)) {
      assertThat(query("select 1")).isEqualTo("1");
    }
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + config.port() + "/retrospec";
  }

  private Connection connect(String password) throws SQLException {
    return DriverManager.getConnection(url(), config.user(), password);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect(config.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = connect(config.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
