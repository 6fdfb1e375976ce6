package dev.retrospec.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People sort sessions by tags and tie them to tickets and accounts. */
@ApplicationScoped
public class SessionLabelling {

  static final int MAX_TAGS = 20;
  static final int MAX_LINKS = 20;
  static final int MAX_NAME = 200;
  static final int MAX_URL = 2_000;

  private final Sessions sessions;

  @Inject
  public SessionLabelling(Sessions sessions) {
    this.sessions = sessions;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SessionLabelling() {
    this(null);
  }

  /** A link as it is told. */
  public record LinkFields(@Nullable String url, @Nullable String title) {}

  /**
   * Sets the tags, the links or both. Tags that people set stay as they are, whatever the page
   * tells while it still records.
   *
   * @param tags in the place of all; null leaves them
   * @param links in the place of all; null leaves them
   * @throws InvalidRequest when nothing is said, or one of them is too long, too many or no address
   * @throws NotFound when the project has no such session
   */
  @Transactional
  public void label(
      ProjectId project,
      SessionId session,
      @Nullable List<@Nullable String> tags,
      @Nullable List<@Nullable LinkFields> links) {
    if (tags == null && links == null) {
      throw new InvalidRequest("tags or links must be there, or both");
    }
    boolean isThere =
        sessions.label(
            project,
            session,
            tags == null ? null : tags(tags),
            links == null ? null : links(links));
    if (!isThere) {
      throw new NotFound("session");
    }
  }

  private static List<String> tags(List<@Nullable String> told) {
    Set<String> tags = new LinkedHashSet<>();
    for (String tag : told) {
      tags.add(name(tag, "a tag"));
    }
    if (tags.size() > MAX_TAGS) {
      throw new InvalidRequest("a session has at most " + MAX_TAGS + " tags");
    }
    return new ArrayList<>(tags);
  }

  private static List<SessionLink> links(List<@Nullable LinkFields> told) {
    Map<String, SessionLink> links = new LinkedHashMap<>();
    for (LinkFields link : told) {
      String url = link == null ? null : link.url();
      if (url == null || !isWebAddress(url)) {
        throw new InvalidRequest("a link must have a url of http or https");
      }
      String title = link.title() == null ? null : name(link.title(), "a link's title");
      links.put(url, new SessionLink(url, title));
    }
    if (links.size() > MAX_LINKS) {
      throw new InvalidRequest("a session has at most " + MAX_LINKS + " links");
    }
    return List.copyOf(links.values());
  }

  private static String name(@Nullable String text, String what) {
    if (text == null || text.isBlank() || text.length() > MAX_NAME || text.indexOf('\0') >= 0) {
      throw new InvalidRequest(what + " must be 1 to " + MAX_NAME + " characters");
    }
    return text.strip();
  }

  private static boolean isWebAddress(String url) {
    try {
      URI address = URI.create(url);
      String scheme = String.valueOf(address.getScheme());
      boolean isOfTheWeb = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
      return url.length() <= MAX_URL && isOfTheWeb && address.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
