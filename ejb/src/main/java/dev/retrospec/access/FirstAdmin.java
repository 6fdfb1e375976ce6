package dev.retrospec.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that somebody can sign in: the user that the settings name becomes an administrator
 * when that name is not stored yet.
 *
 * <p>Settings never win over what is stored. A changed {@code RETROSPEC_PASSWORD} has no effect on
 * a user that exists; a changed {@code RETROSPEC_USER} adds one more administrator and leaves the
 * old one as it is. Runs on every node at every start with the same outcome.
 */
@ApplicationScoped
public class FirstAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);

  private AppUsers users;
  private AccessConfig config;

  protected FirstAdmin() {
    // for the container's proxy
  }

  @Inject
  public FirstAdmin(AppUsers users, AccessConfig config) {
    this.users = users;
    this.config = config;
  }

  /** What the settings led to. */
  public enum Outcome {
    /** The user was added. */
    ADDED,
    /** The user was there; nothing was touched. */
    KEPT,
    /** No user, or no password, is set. */
    NOT_SET
  }

  @Transactional
  public Outcome ensure() {
    Outcome outcome = outcome();
    switch (outcome) {
      case ADDED -> LOG.info("Added the administrator that RETROSPEC_USER names");
      case KEPT -> LOG.debug("RETROSPEC_USER is stored already; its password is left as it is");
      case NOT_SET -> {
        if (users.namesWith(Role.ADMIN).isEmpty()) {
          LOG.warn(
              "Nobody can sign in as administrator: set RETROSPEC_USER and RETROSPEC_PASSWORD,"
                  + " then start again");
        }
      }
    }
    return outcome;
  }

  private Outcome outcome() {
    if (config.user().isEmpty() || config.password().isEmpty()) {
      return Outcome.NOT_SET;
    }
    String username = config.user().get();
    // Asked first, because a hash costs as much as a login.
    if (users.contains(username)) {
      return Outcome.KEPT;
    }
    return users.add(username, config.password().get(), Role.ADMIN) ? Outcome.ADDED : Outcome.KEPT;
  }
}
