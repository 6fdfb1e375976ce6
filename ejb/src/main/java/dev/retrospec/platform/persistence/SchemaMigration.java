package dev.retrospec.platform.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date before anything else uses it. Other start-up beans and timers name
 * it in {@code @DependsOn}. Safe on several nodes: Flyway takes an advisory lock.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);

  @Resource(lookup = "java:jboss/datasources/RetroSpecDS")
  private DataSource dataSource;

  @PostConstruct
  void migrate() {
    var result = Schema.migrate(dataSource);
    LOG.info(
        "Schema at version {}, {} migrations run",
        result.targetSchemaVersion,
        result.migrationsExecuted);
  }
}
