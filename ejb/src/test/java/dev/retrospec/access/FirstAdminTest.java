package dev.retrospec.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.retrospec.access.FirstAdmin.Outcome;
import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.testing.TestDatabase;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class FirstAdminTest {

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final String username = "ada-" + UUID.randomUUID();

  @Test
  void addsTheNamedUserAsAdministrator() {
    assertThat(ensure(username, "first secret")).isEqualTo(Outcome.ADDED);

    assertThat(new AppUsers(jdbi).namesWith(Role.ADMIN)).contains(username);
    assertThat(storedHash()).startsWith("$2a$12$");
    assertThat(isPassword("first secret")).isTrue();
  }

  @Test
  void leavesAStoredPasswordAloneWhenTheSettingChanges() {
    ensure(username, "first secret");

    assertThat(ensure(username, "other secret")).isEqualTo(Outcome.KEPT);

    assertThat(isPassword("first secret")).isTrue();
    assertThat(isPassword("other secret")).isFalse();
  }

  @Test
  void addsOneMoreWhenTheNameChanges() {
    ensure(username, "first secret");

    assertThat(ensure(username + "-2", "second secret")).isEqualTo(Outcome.ADDED);

    assertThat(new AppUsers(jdbi).namesWith(Role.ADMIN)).contains(username, username + "-2");
  }

  @Test
  void doesNothingWithoutAPassword() {
    FirstAdmin firstAdmin =
        new FirstAdmin(
            new AppUsers(jdbi), new AccessConfig(Optional.of(username), Optional.empty()));

    assertThat(firstAdmin.ensure()).isEqualTo(Outcome.NOT_SET);
    assertThat(new AppUsers(jdbi).contains(username)).isFalse();
  }

  @Test
  void refusesAPasswordThatBcryptWouldCut() {
    assertThatThrownBy(() -> new AccessConfig(Optional.of(username), Optional.of("ä".repeat(37))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("RETROSPEC_PASSWORD");
  }

  private Outcome ensure(String name, String password) {
    return new FirstAdmin(
            new AppUsers(jdbi), new AccessConfig(Optional.of(name), Optional.of(password)))
        .ensure();
  }

  private boolean isPassword(String candidate) {
    return BCrypt.verifyer().verify(candidate.toCharArray(), storedHash()).verified;
  }

  private String storedHash() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select password_hash from app_user where username = :username")
                .bind("username", username)
                .mapTo(String.class)
                .one());
  }
}
