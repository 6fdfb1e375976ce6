package dev.retrospec.sessions;

import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name that an upload's events have for legacy clients. It looks like an object's key, as the
 * requirements show it, but names chunks: it opens nothing outside its own project.
 */
public final class EventsObjectKey {

  private static final String SESSIONS = "/sessions/";
  private static final String SUFFIX = "/events.json";

  private EventsObjectKey() {}

  public static String of(ProjectId project, SessionId session) {
    return prefix(project) + session.value() + SUFFIX;
  }

  /**
   * @return the session that the key names; empty when it is of another making or another project
   */
  public static Optional<SessionId> sessionOf(ProjectId project, @Nullable String key) {
    String prefix = prefix(project);
    if (key == null || !key.startsWith(prefix) || !key.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SessionId(key.substring(prefix.length(), key.length() - SUFFIX.length())));
    } catch (InvalidId | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String prefix(ProjectId project) {
    return "projects/" + project.value() + SESSIONS;
  }
}
