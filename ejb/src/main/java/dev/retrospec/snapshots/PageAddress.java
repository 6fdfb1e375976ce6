package dev.retrospec.snapshots;

import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page's request goes.
 *
 * @param host as a connection needs it: IPv6 without brackets
 */
public record PageAddress(String host, int port) {

  /**
   * Scheme, authority and the rest, of which only the authority matters: browsers put characters
   * into paths and queries, and go to hosts (<code>my_service</code>), that {@code java.net.URI}
   * refuses. A backslash is nowhere, because browsers take it for a slash.
   */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(https?)://([^/?#\\\\]++)(?:[/?#][^\\\\\\p{Cntrl}]*+)?");

  private static final Pattern AUTHORITY =
      Pattern.compile("(?:([A-Za-z0-9._-]++)|\\[([0-9A-Fa-f:.]++)])(?::(\\d{0,5}))?");

  /**
   * @throws InvalidRequest when the URL is not absolute, not http or https, or has a user in it
   */
  public static PageAddress of(String url) {
    Matcher address = ADDRESS.matcher(url.strip());
    if (!address.matches()) {
      throw notAbsolute();
    }
    if (address.group(2).indexOf('@') >= 0) {
      throw new InvalidRequest("url must not hold a user or password");
    }
    Matcher authority = AUTHORITY.matcher(address.group(2));
    if (!authority.matches()) {
      throw notAbsolute();
    }
    String host = authority.group(1) == null ? authority.group(2) : authority.group(1);
    boolean named = authority.group(3) != null && !authority.group(3).isEmpty();
    boolean http = address.group(1).toLowerCase(Locale.ROOT).equals("http");
    int port = named ? Integer.parseInt(authority.group(3)) : http ? 80 : 443;
    if (port > 65_535) {
      throw notAbsolute();
    }
    return new PageAddress(host, port);
  }

  private static InvalidRequest notAbsolute() {
    return new InvalidRequest("url must be an absolute http or https address");
  }
}
