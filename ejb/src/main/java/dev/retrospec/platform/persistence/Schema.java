package dev.retrospec.platform.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/** The database schema, as the migrations of the class path make it. */
public final class Schema {

  /** In seconds: another node's migration of a large database. */
  private static final int PATIENCE = 3600;

  private Schema() {}

  /** Runs the migrations that are missing, against any data source, the tests' one included. */
  public static MigrateResult migrate(DataSource dataSource) {
    return configuration(dataSource).locations("classpath:db/migration").load().migrate();
  }

  static FluentConfiguration configuration(DataSource dataSource) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(dataSource)
        .callbacks(new UnhurriedMigrations())
        .lockRetryCount(PATIENCE)
        // Because branches that went on side by side have a range of numbers each, and the one with
        // the lower numbers may come to main, and into a database, after the other.
        .outOfOrder(true);
  }
}
