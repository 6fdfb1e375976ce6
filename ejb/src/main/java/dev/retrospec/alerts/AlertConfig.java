package dev.retrospec.alerts;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the operator's alerts go and how many.
 *
 * @param webhook where they are posted; empty: there are none
 * @param authorization the value of the {@code Authorization} header
 * @param signingKeys each signs what is posted; empty: nobody does
 * @param cooldown between two alerts about one cluster
 * @param minConfidence of the cluster, 0 to 1
 */
public record AlertConfig(
    Optional<URI> webhook,
    Optional<String> authorization,
    List<String> signingKeys,
    Duration cooldown,
    double minConfidence) {

  /** A word can be guessed from one signature. */
  private static final int MIN_SECRET = 16;

  public AlertConfig {
    signingKeys = List.copyOf(signingKeys);
  }

  public static AlertConfig from(Settings settings) {
    boolean production =
        settings.text("RETROSPEC_MODE", "development").equalsIgnoreCase("production");
    Optional<URI> webhook = settings.uri("ALERT_WEBHOOK_URL");
    webhook.ifPresent(
        uri -> {
          boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
          if (uri.getHost() == null || !(isHttp || "https".equalsIgnoreCase(uri.getScheme()))) {
            throw new InvalidSetting("ALERT_WEBHOOK_URL", "must be an http or https address");
          }
          if (isHttp && production) {
            throw new InvalidSetting("ALERT_WEBHOOK_URL", "must be https in production");
          }
        });
    List<String> secrets = settings.list("ALERT_WEBHOOK_SECRET", "");
    if (secrets.stream().anyMatch(secret -> secret.length() < MIN_SECRET)) {
      throw new InvalidSetting("ALERT_WEBHOOK_SECRET", "must be at least 16 characters");
    }
    return new AlertConfig(
        webhook,
        settings.text("ALERT_AUTH_HEADER"),
        secrets,
        settings.duration("ALERT_COOLDOWN_MINUTES", Duration.ofMinutes(1), 60),
        settings.decimal("ALERT_MIN_CLUSTER_CONFIDENCE", 0.5, 0, 1));
  }

  /** Without header and keys: they are secrets. */
  @Override
  public String toString() {
    return "AlertConfig[webhook=%s, cooldown=%s, minConfidence=%s]"
        .formatted(webhook.isPresent() ? "set" : "none", cooldown, minConfidence);
  }
}
