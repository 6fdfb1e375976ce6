package dev.retrospec.sessions;

import dev.retrospec.ids.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Who a session counts as: the identified user, else the browser's anonymous id, else the session
 * itself. User counts are counts of these, never of sessions.
 */
public record Visitor(String value) {

  public static Visitor of(
      @Nullable String userId, @Nullable String anonymousId, SessionId session) {
    if (userId != null && !userId.isBlank()) {
      return new Visitor("u:" + userId);
    }
    if (anonymousId != null && !anonymousId.isBlank()) {
      return new Visitor("a:" + anonymousId);
    }
    return new Visitor("s:" + session.value());
  }
}
