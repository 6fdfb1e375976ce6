package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.projects.KeyHolder;
import dev.retrospec.projects.KeyScope;
import dev.retrospec.projects.Project;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DoormanTest {

  private static final ProjectId SHOP = new ProjectId("proj_shop");
  private static final Map<String, KeyHolder> KEYS =
      Map.of(
          "rs_secret", new KeyHolder(SHOP, new ApiKeyId("key_s"), KeyScope.SECRET),
          "rs_ingest", new KeyHolder(SHOP, new ApiKeyId("key_i"), KeyScope.INGEST));

  private static final Visit NOBODY =
      new Visit(null, null, null, null, null, null, false, true, false);

  private final Doorman development = doorman(config(null, false));

  @ParameterizedTest
  @EnumSource(
      value = Access.class,
      names = {"INGEST", "READ", "WRITE", "SET_UP"})
  void opensAProjectToItsSecretKey(Access access) {
    assertThat(development.admit(access, withKey("rs_secret")).project()).isEqualTo(SHOP);
  }

  @Test
  void letsAnIngestKeyWriteRecordings() {
    assertThat(development.admit(Access.INGEST, withKey("rs_ingest")).project()).isEqualTo(SHOP);
  }

  @Test
  void knowsOnAWritingRouteWhoMayAlsoRead() {
    assertThat(development.admit(Access.INGEST, withKey("rs_ingest")).mayRead()).isFalse();
    assertThat(development.admit(Access.INGEST, withKey("rs_secret")).mayRead()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Access.class,
      names = {"READ", "WRITE", "SET_UP", "READ_OR_TOKEN"})
  void letsAnIngestKeyDoNothingElse(Access access) {
    assertRefused(403, () -> development.admit(access, withKey("rs_ingest")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Access.class,
      names = {"INGEST", "READ", "WRITE", "SET_UP"})
  void refusesAnUnknownKeyEvenWhereNoneIsNeeded(Access access) {
    assertRefused(401, () -> development.admit(access, withKey("rs_other")));
  }

  @Test
  void servesTheDefaultProjectWithoutAKeyInDevelopment() {
    assertThat(development.admit(Access.WRITE, NOBODY).project()).isEqualTo(Project.DEFAULT);
  }

  @Test
  void asksForAKeyInProduction() {
    assertRefused(401, () -> doorman(config(null, true)).admit(Access.INGEST, NOBODY));
  }

  @Test
  void asksForAKeyWhenThereIsAGlobalOne() {
    Doorman guarded = doorman(config("global", false));

    assertRefused(401, () -> guarded.admit(Access.READ, NOBODY));
    assertThat(guarded.admit(Access.WRITE, withKey("global")).project()).isEqualTo(Project.DEFAULT);
    assertThat(guarded.admit(Access.READ, withKey("rs_secret")).project()).isEqualTo(SHOP);
  }

  @Test
  void keepsAdministrationClosedWithoutItsKey() {
    Doorman without =
        doorman(
            new AccessConfig(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false));

    assertRefused(403, () -> without.admit(Access.ADMIN, withAdminKey("anything")));
    assertRefused(403, () -> without.admit(Access.INTERNAL, NOBODY));
  }

  @Test
  void opensAdministrationToItsKeyOnly() {
    assertThat(development.admit(Access.ADMIN, withAdminKey("admin")).name()).isEqualTo("admin");
    assertRefused(401, () -> development.admit(Access.ADMIN, withAdminKey("admi")));
    assertRefused(401, () -> development.admit(Access.ADMIN, NOBODY));
    assertRefused(401, () -> development.admit(Access.INTERNAL, withAdminKey("admin")));
  }

  @Test
  void letsAViewerOfTheDashboardReadTheProjectThatItNames() {
    Visit visit = withUser(new Visit.User("ada", true, false, false), SHOP, true, false);

    assertThat(development.admit(Access.READ, visit).project()).isEqualTo(SHOP);
    assertThat(development.admit(Access.READ, visit).name()).isEqualTo("user:ada");
    assertRefused(403, () -> development.admit(Access.WRITE, visit));
  }

  @Test
  void letsADeveloperWriteFromOurOwnPagesOnly() {
    Visit.User developer = new Visit.User("ada", true, true, false);

    assertThat(development.admit(Access.WRITE, withUser(developer, SHOP, false, true)).project())
        .isEqualTo(SHOP);
    assertRefused(
        403, () -> development.admit(Access.WRITE, withUser(developer, SHOP, false, false)));
  }

  @Test
  void letsAnAdministratorSetUpWhatADeveloperMayNot() {
    Visit developer = withUser(new Visit.User("ada", true, true, false), SHOP, false, true);
    Visit administrator = withUser(new Visit.User("bob", true, true, true), SHOP, false, true);

    assertRefused(403, () -> development.admit(Access.SET_UP, developer));
    assertThat(development.admit(Access.SET_UP, administrator).project()).isEqualTo(SHOP);
    assertThat(development.admit(Access.SET_UP, withKey("rs_secret")).project()).isEqualTo(SHOP);
  }

  @Test
  void knowsNoProjectThatIsNotThere() {
    Visit visit =
        withUser(new Visit.User("ada", true, true, false), new ProjectId("proj_gone"), true, false);

    assertThatThrownBy(() -> development.admit(Access.READ, visit)).isInstanceOf(NotFound.class);
  }

  @Test
  void showsFiguresToAnybodyInDevelopmentAndToNobodyInProduction() {
    assertThat(development.admit(Access.METRICS, NOBODY).project()).isNull();
    assertRefused(403, () -> doorman(config(null, true)).admit(Access.METRICS, NOBODY));
  }

  @ParameterizedTest
  @EnumSource(
      value = Access.class,
      mode = Mode.EXCLUDE,
      names = {"INGEST", "READ", "WRITE", "SET_UP"})
  void givesAProjectOnlyToRoutesThatAskForOne(Access access) {
    Visit all = new Visit("x", "admin", "internal", null, null, null, true, true, true);

    assertThat(development.admit(access, all).project()).isNull();
  }

  private static Doorman doorman(AccessConfig config) {
    return new Doorman(config, raw -> Optional.ofNullable(KEYS.get(raw)), SHOP::equals);
  }

  private static AccessConfig config(String globalKey, boolean production) {
    return new AccessConfig(
        Optional.of("admin"),
        Optional.of("internal"),
        Optional.empty(),
        Optional.ofNullable(globalKey),
        production);
  }

  private static Visit withKey(String key) {
    return new Visit(null, null, null, key, null, null, false, false, false);
  }

  private static Visit withAdminKey(String key) {
    return new Visit(null, key, null, null, null, null, false, false, false);
  }

  private static Visit withUser(
      Visit.User user, ProjectId project, boolean safe, boolean sameOrigin) {
    return new Visit(null, null, null, null, user, project, false, safe, sameOrigin);
  }

  private static void assertRefused(int status, Runnable visit) {
    assertThatThrownBy(visit::run)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.status().getStatusCode()).isEqualTo(status));
  }
}
