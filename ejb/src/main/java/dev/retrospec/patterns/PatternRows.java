package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A pattern's row as it is read. */
final class PatternRows {

  /** Of the table under the name {@code p}. */
  static final String COLUMNS =
      " p.id, p.summary, p.error_type, p.error_message, p.stack_trace, p.test_name,"
          + " p.affected_files, p.branches, p.authors, p.occurrence_count, p.run_count,"
          + " p.first_seen, p.last_seen, p.decision, p.decided_by, p.decided_at, p.note, p.version ";

  private PatternRows() {}

  static PatternView view(ResultSet row, StatementContext context) throws SQLException {
    String decision = row.getString("decision");
    return new PatternView(
        new PatternId(row.getString("id")),
        row.getString("summary"),
        row.getString("error_type"),
        row.getString("error_message"),
        row.getString("stack_trace"),
        row.getString("test_name"),
        texts(row.getArray("affected_files")),
        texts(row.getArray("branches")),
        texts(row.getArray("authors")),
        row.getInt("occurrence_count"),
        row.getInt("run_count"),
        row.getObject("first_seen", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen", OffsetDateTime.class).toInstant(),
        decision == null ? null : PatternDecision.fromWireName(decision),
        row.getString("decided_by"),
        instant(row.getObject("decided_at", OffsetDateTime.class)),
        row.getString("note"),
        row.getInt("version"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
