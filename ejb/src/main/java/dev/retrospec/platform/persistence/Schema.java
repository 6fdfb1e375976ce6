package dev.retrospec.platform.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** The database schema, as the migrations of the class path make it. */
public final class Schema {

  private Schema() {}

  /** Runs the migrations that are missing, against any data source, the tests' one included. */
  public static MigrateResult migrate(DataSource dataSource) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
