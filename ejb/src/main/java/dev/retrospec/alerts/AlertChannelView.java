package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a rule, without its secrets.
 *
 * @param host where it posts, for those that have an address
 * @param recipients of {@code email}
 * @param slackChannel where a bot posts
 */
public record AlertChannelView(
    AlertChannelId id,
    AlertChannelKind kind,
    @Nullable String host,
    @Nullable List<String> recipients,
    @Nullable String slackChannel) {

  /** Where it leads, in a few words. */
  public String place() {
    if (recipients != null) {
      return String.join(", ", recipients);
    }
    return slackChannel != null ? slackChannel : host == null ? "" : host;
  }
}
