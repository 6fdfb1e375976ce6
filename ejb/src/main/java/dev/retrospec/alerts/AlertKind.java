package dev.retrospec.alerts;

import java.util.Locale;

/** What an alert tells. */
public enum AlertKind {
  ISSUE_CLUSTER_PROMOTED,
  ISSUE_CLUSTER_REGRESSED;

  /** The {@code event} of the webhook's body. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
