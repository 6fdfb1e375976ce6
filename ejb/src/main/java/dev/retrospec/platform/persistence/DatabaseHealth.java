package dev.retrospec.platform.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether PostgreSQL answers. */
@ApplicationScoped
public class DatabaseHealth {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

  /** Below the shortest time-out that load balancers have. */
  private static final int TIMEOUT_SECONDS = 2;

  private final Jdbi jdbi;

  @Inject
  public DatabaseHealth(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  protected DatabaseHealth() {
    this.jdbi = null;
  }

  /** Asks it now; false within seconds when it is away. */
  public boolean answers() {
    try {
      return jdbi.withHandle(
          handle ->
              handle
                      .createQuery("select 1")
                      .setQueryTimeout(TIMEOUT_SECONDS)
                      .mapTo(Integer.class)
                      .one()
                  == 1);
    } catch (JdbiException away) {
      LOG.warn("PostgreSQL does not answer: {}", away.getMessage());
      return false;
    }
  }
}
