package dev.retrospec.issues.triage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Who changed something.
 *
 * @param name a login, a key's label, or "RetroSpec"
 */
public record Actor(Kind kind, String name) {

  /** What the system finds by itself. */
  public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "RetroSpec");

  private static final int MAX_NAME = 200;

  public Actor {
    name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
  }

  public static Actor user(String login) {
    return new Actor(Kind.USER, login);
  }

  /** A program that holds a key of the project. */
  public static Actor key(String label) {
    return new Actor(Kind.KEY, label);
  }

  /** What kind of actor it is. */
  public enum Kind {
    USER,
    KEY,
    SYSTEM;

    /** The name in JSON and SQL. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
