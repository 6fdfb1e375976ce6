package dev.retrospec.platform.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lets a migration take its time: it reads and writes whole tables, on a connection whose
 * statements else end after a minute. The connection goes back as it came.
 */
final class UnhurriedMigrations extends BaseCallback {

  private int networkTimeoutMs;

  @Override
  public boolean supports(Event event, Context context) {
    return switch (event) {
      case BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE, AFTER_EACH_MIGRATE_ERROR -> true;
      default -> false;
    };
  }

  @Override
  public void handle(Event event, Context context) {
    Connection connection = context.getConnection();
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        networkTimeoutMs = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, 0);
        try (var statement = connection.createStatement()) {
          // Until the migration's own transaction ends.
          statement.execute("set local statement_timeout = 0");
        }
      } else {
        connection.setNetworkTimeout(Runnable::run, networkTimeoutMs);
      }
    } catch (SQLException e) {
      throw new FlywayException("Cannot change a connection's limits of time", e);
    }
  }
}
