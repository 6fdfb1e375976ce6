package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a rule as it is stored; what may be shown of it, and the rest sealed.
 *
 * @param host of {@code webhook}, {@code teams} and an incoming webhook of {@code slack}
 * @param recipients of {@code email}
 * @param slackChannel where a bot posts: a channel's id or name
 * @param sealed its {@link ChannelSecrets}
 */
record RuleChannel(
    AlertChannelId id,
    AlertChannelKind kind,
    @Nullable String host,
    @Nullable List<String> recipients,
    @Nullable String slackChannel,
    String sealed) {

  /** Whether a message can be changed after it was sent. */
  boolean isChangeable() {
    return kind == AlertChannelKind.SLACK && slackChannel != null;
  }

  AlertChannelView view() {
    return new AlertChannelView(id, kind, host, recipients, slackChannel);
  }
}
