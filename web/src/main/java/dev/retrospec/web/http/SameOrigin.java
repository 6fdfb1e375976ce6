package dev.retrospec.web.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Whether a browser sent a request from one of our own pages; silence counts as no. */
final class SameOrigin {

  private SameOrigin() {}

  /**
   * @param fetchSite the header {@code Sec-Fetch-Site}, which a page cannot forge
   * @param origin the header {@code Origin}, for browsers without it
   * @param own scheme, host and port under which we were called
   */
  static boolean holds(@Nullable String fetchSite, @Nullable String origin, URI own) {
    if (fetchSite != null) {
      return fetchSite.equals("same-origin");
    }
    if (origin == null) {
      return false;
    }
    try {
      URI from = URI.create(origin);
      // A host that a URI does not know, such as one with an underscore, is null there.
      return from.getHost() != null
          && from.getHost().equalsIgnoreCase(own.getHost())
          && own.getScheme().equalsIgnoreCase(from.getScheme())
          && own.getPort() == from.getPort();
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
