package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as somebody wants it. What is secret and not given stays as it is stored, if {@code id}
 * names a channel of the rule.
 *
 * @param id null: a new one
 * @param kind null: as it is stored
 * @param url of {@code webhook}, {@code teams} and an incoming webhook of {@code slack}
 * @param authorization of {@code webhook}; empty: none
 * @param secret of {@code webhook}: the key of its signatures; null: the stored one, or a new one
 *     is made
 * @param rotateSecret a new key is made; the old one signs beside it for a day
 * @param token of a bot in Slack
 * @param slackChannel where the bot posts
 * @param recipients of {@code email}
 */
public record ChannelDraft(
    @Nullable AlertChannelId id,
    @Nullable AlertChannelKind kind,
    @Nullable String url,
    @Nullable String authorization,
    @Nullable String secret,
    @Nullable Boolean rotateSecret,
    @Nullable String token,
    @Nullable String slackChannel,
    @Nullable List<String> recipients) {

  private static final int MAX_LENGTH = 2_000;
  private static final int MIN_SECRET = 16;

  /**
   * @throws InvalidRequest when a text is too long, or no line
   */
  public ChannelDraft {
    url = line("url", url);
    authorization = line("authorization", authorization);
    secret = line("secret", secret);
    token = line("token", token);
    slackChannel = line("slackChannel", slackChannel);
    if (secret != null && secret.length() < MIN_SECRET) {
      throw new InvalidRequest("secret must be at least 16 characters");
    }
    recipients = recipients == null || recipients.isEmpty() ? null : List.copyOf(recipients);
  }

  private static @Nullable String line(String field, @Nullable String text) {
    if (text != null
        && (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl))) {
      throw new InvalidRequest(field + " must be one line of at most 2,000 characters");
    }
    // an empty authorization takes the stored one away; of the others it means: as it is
    return text == null || (text.isBlank() && !field.equals("authorization")) ? null : text.strip();
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "ChannelDraft[" + id + ", " + kind + "]";
  }
}
