package dev.retrospec.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The users of the dashboard, with their passwords as bcrypt in the format {@code $2a$…}. */
@ApplicationScoped
public class AppUsers {

  /** Two to the power of this rounds: about 0.2 s a check on the machine it was chosen on. */
  private static final int COST = 12;

  private Jdbi jdbi;

  protected AppUsers() {
    // for the container's proxy
  }

  @Inject
  public AppUsers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** In the order of their names. */
  public List<String> namesWith(Role role) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select username from app_user where role = :role and enabled order by username")
                .bind("role", role.wireName())
                .mapTo(String.class)
                .list());
  }

  /** Who may work on issues, in the order of their names; at most so many. */
  public List<String> namesOfDevelopers(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select username from app_user where enabled and role <> 'viewer'"
                        + " order by username limit :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  public boolean contains(String username) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from app_user where username = :username)")
                .bind("username", username)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Adds a user, unless the name is taken: then nothing changes, the password included.
   *
   * @return whether the user was added
   */
  public boolean add(String username, String password, Role role) {
    String hash = BCrypt.with(BCrypt.Version.VERSION_2A).hashToString(COST, password.toCharArray());
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into app_user (username, password_hash, role)
                        values (:username, :hash, :role)
                        on conflict (username) do nothing
                        """)
                    .bind("username", username)
                    .bind("hash", hash)
                    .bind("role", role.wireName())
                    .execute())
        == 1;
  }
}
