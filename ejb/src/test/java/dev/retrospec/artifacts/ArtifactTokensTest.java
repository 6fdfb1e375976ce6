package dev.retrospec.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.artifacts.ArtifactTokens.IssuedToken;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTokensTest {

  private static final ProjectId PROJECT = new ProjectId("p1");
  private static final SessionId SESSION = new SessionId("s1");
  private static final String TYPE = "analysis_json";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final ArtifactTokens tokens = tokens(Map.of("ARTIFACT_TOKEN_SECRET", "secret"));

  @Test
  void opensExactlyWhatItWasIssuedFor() {
    String token = tokens.issue(PROJECT, SESSION, TYPE).token();

    assertThat(opens(tokens, token, PROJECT, SESSION, TYPE)).isTrue();
    assertThat(opens(tokens, token, new ProjectId("p2"), SESSION, TYPE)).isFalse();
    assertThat(opens(tokens, token, PROJECT, new SessionId("s2"), TYPE)).isFalse();
    assertThat(opens(tokens, token, PROJECT, SESSION, "replay_video")).isFalse();
  }

  @Test
  void endsWithItsTime() {
    IssuedToken issued = tokens.issue(PROJECT, SESSION, TYPE);

    assertThat(issued.expiresAt()).isEqualTo(Instant.parse("2026-03-01T10:05:00Z"));
    clock.pass(Duration.ofSeconds(299));
    assertThat(opens(tokens, issued.token(), PROJECT, SESSION, TYPE)).isTrue();
    clock.pass(Duration.ofSeconds(1));
    assertThat(opens(tokens, issued.token(), PROJECT, SESSION, TYPE)).isFalse();
  }

  @Test
  void aLaterExpiryIsNotSigned() {
    IssuedToken issued = tokens.issue(PROJECT, SESSION, TYPE);
    long expiry = issued.expiresAt().getEpochSecond();
    String forged = issued.token().replace("v1." + expiry, "v1." + (expiry + 60));

    assertThat(opens(tokens, forged, PROJECT, SESSION, TYPE)).isFalse();
  }

  @Test
  void anotherSecretSignsOtherTokens() {
    String token =
        tokens(Map.of("ARTIFACT_TOKEN_SECRET", "other")).issue(PROJECT, SESSION, TYPE).token();

    assertThat(opens(tokens, token, PROJECT, SESSION, TYPE)).isFalse();
  }

  @Test
  void theInternalKeyServesWhereNoSecretIsSet() {
    String token = tokens(Map.of("INTERNAL_API_KEY", "key")).issue(PROJECT, SESSION, TYPE).token();

    assertThat(opens(tokens(Map.of("INTERNAL_API_KEY", "key")), token, PROJECT, SESSION, TYPE))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v1.1.x", "v1.99999999999999999999.a", "v2.1.a", "\u0000"})
  void whatIsNoTokenOpensNothing(String text) {
    assertThat(opens(tokens, text, PROJECT, SESSION, TYPE)).isFalse();
  }

  private static boolean opens(
      ArtifactTokens tokens, String token, ProjectId project, SessionId session, String type) {
    return tokens.projectOf(token, session, type).filter(project::equals).isPresent();
  }

  private ArtifactTokens tokens(Map<String, String> settings) {
    return new ArtifactTokens(
        ArtifactTokensConfig.from(Settings.of(name -> Optional.ofNullable(settings.get(name)))),
        clock);
  }
}
