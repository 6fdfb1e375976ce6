package dev.retrospec.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.testing.TestDatabase;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SchemaTest {

  private final TestDatabase database = TestDatabase.get();

  @AfterEach
  void drop() {
    database.jdbi().useHandle(handle -> handle.execute("drop schema if exists slow cascade"));
  }

  @Test
  void aMigrationMayTakeLongerThanAnyStatement() throws Exception {
    PGSimpleDataSource hurried = new PGSimpleDataSource();
    hurried.setUrl(
        database.jdbi().withHandle(handle -> handle.getConnection().getMetaData().getURL()));
    hurried.setUser("postgres");
    hurried.setOptions("-c statement_timeout=500");
    hurried.setSocketTimeout(1);

    FluentConfiguration configuration =
        Schema.configuration(hurried).schemas("slow").locations("classpath:db/slow");

    assertThat(configuration.load().migrate().migrationsExecuted).isEqualTo(1);
  }
}
