package dev.retrospec.alerts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** A way to tell somebody of an issue. */
public enum AlertChannelKind {
  /** Signed JSON to a server. */
  WEBHOOK(true),
  /** By an incoming webhook, or as a bot, whose messages follow the issue. */
  SLACK(false),
  /** Microsoft Teams, by a workflow's webhook. */
  TEAMS(false),
  EMAIL(false);

  private final boolean hasIdempotencyKey;

  AlertChannelKind(boolean hasIdempotencyKey) {
    this.hasIdempotencyKey = hasIdempotencyKey;
  }

  /**
   * Whether the other side can tell that a message comes twice. Where it cannot, a message whose
   * answer was lost is not sent again.
   */
  public boolean hasIdempotencyKey() {
    return hasIdempotencyKey;
  }

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when there is no such channel
   */
  @JsonCreator
  public static AlertChannelKind fromWireName(String name) {
    for (AlertChannelKind kind : values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    throw new InvalidRequest("kind of a channel must be one of webhook, slack, teams, email");
  }
}
