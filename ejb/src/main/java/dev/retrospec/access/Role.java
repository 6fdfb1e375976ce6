package dev.retrospec.access;

import java.util.Locale;

/** What a user may do; the server's role mapper makes each role include those before it. */
public enum Role {
  /** Sees issues, sessions and replays. */
  VIEWER,
  /** Triages issues, too. */
  DEVELOPER,
  /** Makes projects and keys, too. */
  ADMIN;

  /** The name in SQL and in the container's roles. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
