package dev.retrospec.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final ApiKeys keys = keysAt(NOON);

  @Test
  void opensTheProjectItWasMintedFor() {
    MintedKey minted = keys.mint(project, "shop", KeyScope.INGEST);

    assertThat(keys.authenticate(minted.raw()))
        .contains(new KeyHolder(project, minted.key().id(), KeyScope.INGEST));
  }

  @Test
  void opensNothingOnceItIsRevoked() {
    MintedKey minted = keys.mint(project, "shop", KeyScope.SECRET);

    keys.revoke(project, minted.key().id());

    assertThat(keys.authenticate(minted.raw())).isEmpty();
    assertThat(keys.of(project)).extracting(ApiKey::status).containsExactly("revoked");
  }

  @Test
  void storesNothingFromWhichTheKeyCouldBeReadBack() {
    String raw = keys.mint(project, "shop", KeyScope.SECRET).raw();

    String row =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select api_key::text from api_key where project_id = :p")
                        .bind("p", project)
                        .mapTo(String.class)
                        .one());

    assertThat(row).doesNotContain(raw).doesNotContain(raw.substring(raw.length() - 20));
    assertThat(keys.of(project).toString()).doesNotContain(raw);
  }

  @Test
  void cannotBeRevokedThroughAnotherProject() {
    MintedKey minted = keys.mint(project, "shop", KeyScope.SECRET);

    assertThatThrownBy(() -> keys.revoke(database.newProject(), minted.key().id()))
        .isInstanceOf(NotFound.class);

    assertThat(keys.authenticate(minted.raw())).isPresent();
  }

  @Test
  void tellsToTheMinuteWhenItWasUsedLast() {
    MintedKey minted = keys.mint(project, "shop", KeyScope.SECRET);

    keys.authenticate(minted.raw());
    keysAt(NOON.plusSeconds(30)).authenticate(minted.raw());
    assertThat(keys.of(project).get(0).lastUsedAt()).isEqualTo(NOON);

    keysAt(NOON.plusSeconds(90)).authenticate(minted.raw());
    assertThat(keys.of(project).get(0).lastUsedAt()).isEqualTo(NOON.plusSeconds(90));
  }

  @Test
  void areNotMintedForAProjectThatIsNotThere() {
    assertThatThrownBy(() -> keys.mint(ProjectId.mint(), "shop", KeyScope.SECRET))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void refuseALabelThatIsATreatise() {
    assertThatThrownBy(() -> keys.mint(project, "x".repeat(201), KeyScope.SECRET))
        .isInstanceOf(InvalidRequest.class);
  }

  private ApiKeys keysAt(Instant now) {
    return new ApiKeys(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
  }
}
