package dev.retrospec.alerts;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where alerts go and how many.
 *
 * @param webhook where they are posted; empty: there are none
 * @param authorization the value of the {@code Authorization} header
 * @param cooldown between two alerts about one cluster
 * @param minConfidence of the cluster, 0 to 1
 */
public record AlertConfig(
    Optional<URI> webhook,
    Optional<String> authorization,
    Duration cooldown,
    double minConfidence) {

  public static AlertConfig from(Settings settings) {
    Optional<URI> webhook = settings.uri("ALERT_WEBHOOK_URL");
    webhook.ifPresent(
        uri -> {
          if (uri.getHost() == null || !("http".equals(uri.getScheme()) || isHttps(uri))) {
            throw new InvalidSetting("ALERT_WEBHOOK_URL", "must be an http or https address");
          }
        });
    return new AlertConfig(
        webhook,
        settings.text("ALERT_AUTH_HEADER"),
        settings.duration("ALERT_COOLDOWN_MINUTES", Duration.ofMinutes(1), 60),
        settings.decimal("ALERT_MIN_CLUSTER_CONFIDENCE", 0.5, 0, 1));
  }

  private static boolean isHttps(URI uri) {
    return "https".equals(uri.getScheme());
  }

  /** Without the header: it is a secret. */
  @Override
  public String toString() {
    return "AlertConfig[webhook=%s, cooldown=%s, minConfidence=%s]"
        .formatted(webhook.isPresent() ? "set" : "none", cooldown, minConfidence);
  }
}
