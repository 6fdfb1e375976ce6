package dev.retrospec.bench.scenario;

import dev.retrospec.bench.machine.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a large stock of sessions out of a small one that came through the API: each of the
 * project's first sessions is copied, with everything that belongs to it, under new ids. The
 * copies' recordings count as archived: their payload is not in the database, as it is not ten
 * minutes after a real session. Counts of issues are set to what is then stored.
 */
final class Stock {

  private static final String SUFFIX = "'-copy-' || n";

  /** Columns that differ between a session and its copy; the others are the same. */
  private static final Map<String, String> IDS =
      Map.of(
          "session_id", "session_id || " + SUFFIX,
          "subject", "subject || " + SUFFIX,
          "dedupe_key", "dedupe_key || " + SUFFIX,
          "visitor", "visitor || " + SUFFIX,
          "user_id", "user_id || " + SUFFIX);

  /** Tables whose own id says nothing about the session's. */
  private static final Map<String, String> MINTED_IDS =
      Map.of(
          "session", "id || " + SUFFIX,
          "session_artifact", "id || " + SUFFIX,
          "report_card", "id || " + SUFFIX);

  /** In the order of their foreign keys. */
  private static final List<String> TABLES =
      List.of(
          "session",
          "error_marker",
          "session_event",
          "session_key",
          "recording_chunk",
          "cluster_session",
          "cluster_user",
          "session_artifact",
          "report_card",
          "job");

  private static final String COUNTS =
      """
      update issue_cluster c set
        session_count = counted.sessions, user_count = counted.users,
        marker_count = counted.markers
      from (
        select cluster_key, count(*) as sessions, count(distinct visitor) as users,
               sum(marker_count) as markers
        from cluster_session where project_id = ? group by cluster_key) as counted
      where c.project_id = ? and c.key = counted.cluster_key
      """;

  private final Database database;
  private final String project;
  private final int originals;

  /**
   * @param originals sessions whose number ({@link LegacyVisits#session}) is below this are copied
   */
  Stock(Database database, String project, int originals) {
    this.database = database;
    this.project = project;
    this.originals = originals;
  }

  long sessions() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement count =
            connection.prepareStatement("select count(*) from session where project_id = ?")) {
      count.setString(1, project);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Copies the originals.
   *
   * @param from number of the first copy, never used before
   * @param copies of each session
   */
  void copy(int from, int copies) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      long block = block(connection, from);
      for (String table : TABLES) {
        copy(connection, table, from, copies, block);
      }
      try (PreparedStatement counts = connection.prepareStatement(COUNTS)) {
        counts.setString(1, project);
        counts.setString(2, project);
        counts.executeUpdate();
      }
      connection.commit();
    }
    try (Connection connection = database.connect();
        Statement vacuum = connection.createStatement()) {
      // As autovacuum would, at a time of its own.
      for (String table : TABLES) {
        vacuum.execute("vacuum (analyze) " + table);
      }
      vacuum.execute("vacuum (analyze) issue_cluster");
      vacuum.execute("vacuum (analyze) cluster_delta");
    }
  }

  private long block(Connection connection, int from) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into recording_block (object_key, size_bytes, chunk_count)"
                + " values (?, 0, 0) returning id")) {
      insert.setString(1, "bench/" + project + "/" + from);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void copy(Connection connection, String table, int from, int copies, long block)
      throws SQLException {
    List<String> columns = columns(connection, table);
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      String value = IDS.getOrDefault(column, column);
      if (column.equals("id") && MINTED_IDS.containsKey(table)) {
        value = MINTED_IDS.get(table);
      } else if (column.equals("block_id")) {
        value = Long.toString(block);
      } else if (column.equals("block_offset")) {
        value = "0";
      }
      values.add(value);
    }
    String copied =
        columns.contains("session_id")
            ? "session_id"
            : table.equals("session") ? "id" : table.equals("job") ? "subject" : "visitor";
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into %s (%s)
            select %s from %s, generate_series(?, ?) as n
            where project_id = ? and %s not like '%%-copy-%%' and right(%s, 10) < ?
            """
                .formatted(
                    table,
                    String.join(", ", columns),
                    String.join(", ", values),
                    table,
                    copied,
                    copied))) {
      insert.setInt(1, from);
      insert.setInt(2, from + copies - 1);
      insert.setString(3, project);
      insert.setString(4, "%010d".formatted(originals));
      insert.executeUpdate();
    }
  }

  /** Those that an insert gives, in a fixed order. */
  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select column_name from information_schema.columns where table_name = ?"
                + " and table_schema = current_schema() and is_identity = 'NO'"
                + " and is_generated = 'NEVER' order by ordinal_position")) {
      query.setString(1, table);
      List<String> columns = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(row.getString(1));
        }
      }
      return columns;
    }
  }
}
