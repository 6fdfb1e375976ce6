package dev.retrospec.tickets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A tracker that RetroSpec speaks to. */
public enum TrackerKind {
  GITHUB("GitHub", "https://api.github.com"),
  GITLAB("GitLab", "https://gitlab.com"),
  JIRA("Jira", null),
  LINEAR("Linear", "https://api.linear.app");

  private final String label;
  private final @Nullable String server;

  TrackerKind(String label, @Nullable String server) {
    this.label = label;
    this.server = server;
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** Where everybody's is; null: each customer has one of their own. */
  @Nullable String server() {
    return server;
  }

  /** Whether its messages are signed with a secret that it is given; Linear makes its own. */
  public boolean takesOurSecret() {
    return this != LINEAR;
  }

  /** The name in JSON, SQL and URLs. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when it is none of them
   */
  public static TrackerKind fromWireName(String name) {
    for (TrackerKind kind : values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    throw new InvalidRequest("provider must be one of github, gitlab, jira, linear");
  }
}
