package dev.retrospec.notifications;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** A way to tell somebody. */
public enum Channel {
  /** A message through an incoming webhook. */
  SLACK,
  /** The one comment of a pull request. */
  GITHUB,
  /** The whole report as a secret Gist, for messages that are too short for it. */
  GIST,
  /** To the author, and to those who want to know. */
  EMAIL,
  /** JSON to a server of the operator. */
  WEBHOOK;

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when there is no such channel
   */
  public static Channel fromWireName(String name) {
    for (Channel channel : values()) {
      if (channel.wireName().equals(name)) {
        return channel;
      }
    }
    throw new InvalidRequest("channel must be one of slack, github, gist, email, webhook");
  }
}
