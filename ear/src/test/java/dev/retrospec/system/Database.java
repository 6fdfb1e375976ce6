package dev.retrospec.system;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The application's database, seen past the application. */
final class Database implements AutoCloseable {

  private final Connection connection;

  Database(RetroSpec retroSpec) throws SQLException {
    URI url = URI.create(retroSpec.export("DATABASE_URL"));
    String[] login = url.getUserInfo().split(":", 2);
    this.connection =
        DriverManager.getConnection(
            "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
            login[0],
            login[1]);
  }

  /** The first column of the first row. */
  long count(String sql, Object... values) {
    return Long.parseLong(rows(sql, values).get(0));
  }

  /** Every row as text, columns joined by a blank. */
  List<String> rows(String sql, Object... values) {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          columns.add(rows.getString(column));
        }
        found.add(String.join(" ", columns));
      }
      return found;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** Nobody else reads or writes these tables while the work is done. */
  void alone(String tables, Runnable work) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table " + tables + " in access exclusive mode");
      work.run();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
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
