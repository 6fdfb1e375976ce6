package dev.retrospec.ingest;

/** The path within a site that an address leads to. */
final class Route {

  private Route() {}

  /**
   * @param url absolute or relative; a fragment that is a path belongs to it, as single-page
   *     applications use it
   * @return begins with a slash
   */
  static String of(String url) {
    int scheme = url.indexOf("://");
    int pathStart = scheme < 0 ? 0 : indexOrEnd(url, '/', scheme + 3);
    int hash = indexOrEnd(url, '#', 0);
    int pathEnd = Math.min(indexOrEnd(url, '?', 0), hash);
    String path = url.substring(Math.min(pathStart, pathEnd), pathEnd);
    String fragment = url.substring(Math.min(hash + 1, url.length()));
    boolean fragmentIsPath = fragment.startsWith("/") || fragment.startsWith("!/");
    String route =
        fragmentIsPath ? path + "#" + fragment.substring(0, indexOrEnd(fragment, '?', 0)) : path;
    return route.startsWith("/") ? route : "/" + route;
  }

  private static int indexOrEnd(String text, char sign, int from) {
    int at = text.indexOf(sign, from);
    return at < 0 ? text.length() : at;
  }
}
