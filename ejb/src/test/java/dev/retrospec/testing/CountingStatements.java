package dev.retrospec.testing;

import java.util.List;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Writes down which statements run. */
public record CountingStatements(List<String> statements) implements SqlLogger {

  @Override
  public void logAfterExecution(StatementContext context) {
    statements.add(context.getRawSql());
  }
}
