package dev.retrospec.platform.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Makes {@link Jdbi} injectable: bound to the JTA datasource, it joins the caller's transaction.
 */
@ApplicationScoped
public class JdbiProducer {

  @Resource(lookup = "java:jboss/datasources/RetroSpecDS")
  private DataSource dataSource;

  @Produces
  @Singleton
  Jdbi jdbi() {
    return configure(Jdbi.create(dataSource)).setTransactionHandler(new CMTTransactionHandler());
  }

  /** The house's mappings, for the container and for tests alike. */
  public static Jdbi configure(Jdbi jdbi) {
    jdbi.installPlugin(new PostgresPlugin());
    jdbi.registerArrayType(String.class, "text");
    jdbi.registerArgument(new SingleValueRecords.Arguments());
    jdbi.registerColumnMapper(new SingleValueRecords.Columns());
    return jdbi;
  }
}
