package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import java.util.Map;

/**
 * A rule that has just been stored.
 *
 * @param newSecrets the keys of signatures that were made for it, by channel: told this once
 */
public record SavedRule(AlertRuleView rule, Map<AlertChannelId, String> newSecrets) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SavedRule[" + rule.id() + "]";
  }
}
