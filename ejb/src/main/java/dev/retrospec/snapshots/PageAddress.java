package dev.retrospec.snapshots;

import dev.retrospec.platform.failure.InvalidRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a page's request goes.
 *
 * @param host as a connection needs it: IPv6 without brackets
 */
public record PageAddress(String host, int port) {

  /**
   * @throws InvalidRequest when the URL is not absolute, not http or https, or has a user in it
   */
  public static PageAddress of(String url) {
    try {
      URI uri = new URI(url.strip());
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean http = scheme.equals("http");
      if (!(http || scheme.equals("https")) || uri.getHost() == null) {
        throw new InvalidRequest("url must be an absolute http or https address");
      }
      if (uri.getRawUserInfo() != null) {
        throw new InvalidRequest("url must not hold a user or password");
      }
      int port = uri.getPort() < 0 ? (http ? 80 : 443) : uri.getPort();
      return new PageAddress(uri.getHost().replaceAll("^\\[|]$", ""), port);
    } catch (URISyntaxException e) {
      throw new InvalidRequest("url must be an absolute http or https address");
    }
  }
}
