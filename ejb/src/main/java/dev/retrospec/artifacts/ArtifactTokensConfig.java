package dev.retrospec.artifacts;

import dev.retrospec.platform.config.Settings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * How artifact tokens are signed.
 *
 * @param secret the operator's, else derived from the internal key, else made for this run
 */
public record ArtifactTokensConfig(byte[] secret, Duration timeToLive) {

  private static final int SECRET_BYTES = 32;

  static ArtifactTokensConfig from(Settings settings) {
    byte[] secret =
        settings
            .text("ARTIFACT_TOKEN_SECRET")
            .or(() -> settings.text("INTERNAL_API_KEY"))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElseGet(ArtifactTokensConfig::random);
    return new ArtifactTokensConfig(
        secret, Duration.ofSeconds(settings.integer("ARTIFACT_TOKEN_TTL_SECONDS", 300, 1, 86_400)));
  }

  /** Tokens then end with the server: short-lived as they are, nobody loses more than a reload. */
  private static byte[] random() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
