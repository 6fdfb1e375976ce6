package dev.retrospec.testruns;

import java.util.List;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Writes down which statements run. */
record CountingStatements(List<String> statements) implements SqlLogger {

  @Override
  public void logAfterExecution(StatementContext context) {
    statements.add(context.getRawSql());
  }
}
