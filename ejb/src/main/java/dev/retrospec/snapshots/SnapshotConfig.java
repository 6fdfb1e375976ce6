package dev.retrospec.snapshots;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.InvalidRequest;
import java.net.URI;
import java.time.Duration;

/**
 * How snapshots are kept and shown.
 *
 * @param retention snapshots are deleted so long after they were asked for
 * @param addresses entries for every project, besides its own
 * @param maxPending so many may a project wait for at once
 * @param server what links begin with, without a slash at the end
 */
public record SnapshotConfig(
    Duration retention, AddressRules addresses, int maxPending, String server) {

  /** Document 002: signed links work for a week. */
  public static final Duration LINK_LIFETIME = Duration.ofDays(7);

  private static final int MAX_DAYS = 3_650;

  public static SnapshotConfig from(Settings settings) {
    return new SnapshotConfig(
        Duration.ofDays(settings.integer("ARTIFACT_RETENTION_DAYS", 30, 1, MAX_DAYS)),
        addresses(settings),
        settings.integer("SNAPSHOT_MAX_PENDING", 5, 1, 1_000),
        settings
            .uri("RETROSPEC_PUBLIC_URL")
            .or(() -> settings.uri("RETROSPEC_URL"))
            .map(URI::toString)
            .orElse("http://127.0.0.1:8080")
            .replaceFirst("/+$", ""));
  }

  private static AddressRules addresses(Settings settings) {
    try {
      return AddressRules.of(settings.list("SNAPSHOT_ALLOWED_ADDRESSES", ""));
    } catch (InvalidRequest e) {
      throw new InvalidSetting(
          "SNAPSHOT_ALLOWED_ADDRESSES", "is not understood: " + e.getMessage());
    }
  }
}
