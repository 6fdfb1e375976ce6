package dev.retrospec.workers.browser;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a request wants to go, as the browser names it.
 *
 * @param host in lower case; IPv6 without brackets
 */
record Destination(String host, int port) {

  private static final int MAX_PORT = 65_535;

  /** Of {@code host:port}; empty when it is none. */
  static Optional<Destination> ofAuthority(String authority, int defaultPort) {
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.lastIndexOf(':');
    String host = authority.substring(0, end < 0 ? authority.length() : end);
    String rest = authority.substring(host.length());
    host = host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    if (host.isEmpty() || host.contains("@") || !(rest.isEmpty() || rest.matches(":\\d{1,5}"))) {
      return Optional.empty();
    }
    int port = rest.isEmpty() ? defaultPort : Integer.parseInt(rest.substring(1));
    // A name with the root's dot is the same name.
    return port < 1 || port > MAX_PORT
        ? Optional.empty()
        : Optional.of(new Destination(host.replaceFirst("(?<=.)\\.$", ""), port));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
