package dev.retrospec.tickets;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a request to a tracker needs. Holds a secret: never logged, never shown. */
public record TrackerAccess(
    TrackerKind kind, URI server, String place, @Nullable String account, String token) {

  /** The same for another place on that server. */
  TrackerAccess at(String otherPlace) {
    return new TrackerAccess(kind, server, otherPlace, account, token);
  }

  @Override
  public String toString() {
    return "TrackerAccess[" + kind + " " + server + " " + place + "]";
  }
}
