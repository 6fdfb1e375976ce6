package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One visit of one browser; minted in the browser, unique within its project. */
public record SessionId(@JsonValue String value) {

  public SessionId {
    value = Ids.checked("session id", value);
  }

  public static SessionId mint() {
    return new SessionId(Ids.mint("ses_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
