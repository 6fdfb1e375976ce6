package dev.retrospec.signatures.text;

import org.jspecify.annotations.Nullable;

/**
 * A route without what differs from visit to visit: {@code https://shop.test/orders/42?x=1} and
 * {@code /orders/7/} are both {@code /orders/<n>}. The path of a hash router counts as a path.
 */
public final class RouteShape {

  private static final int MAX_SEGMENTS = 24;

  private RouteShape() {}

  /** Never empty, begins with a slash. */
  public static String of(@Nullable String route) {
    if (route == null || route.isBlank()) {
      return "/";
    }
    String bounded = bounded(route.strip());
    int authority = bounded.startsWith("//") ? 0 : bounded.indexOf("://");
    // "/go?to=https://…" has no authority of its own.
    boolean absolute = authority >= 0 && endOf(bounded, 0) > authority;
    return absolute ? ofPath(bounded, bounded.indexOf("//") + 2) : shape(bounded, 0);
  }

  /** The shape of the path in a URL whose authority begins at {@code from}. */
  public static String ofPath(String url, int from) {
    String bounded = bounded(url);
    int start = from;
    while (start < bounded.length() && "/?#".indexOf(bounded.charAt(start)) < 0) {
      start++;
    }
    return shape(bounded, start);
  }

  private static String shape(String text, int start) {
    StringBuilder shape = new StringBuilder();
    int pathEnd = endOf(text, start);
    segments(text, start, pathEnd, shape);
    int hash = text.indexOf('#', pathEnd);
    int hashPath = hash + (text.startsWith("#!", Math.max(hash, 0)) ? 2 : 1);
    if (hash >= 0 && text.startsWith("/", hashPath)) {
      shape.append('#');
      segments(text, hashPath, endOf(text, hashPath), shape);
    }
    return shape.isEmpty() ? "/" : shape.toString();
  }

  private static int endOf(String text, int start) {
    int end = start;
    while (end < text.length() && "?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static void segments(String text, int start, int end, StringBuilder shape) {
    int count = 0;
    for (int at = start; at < end && count < MAX_SEGMENTS; ) {
      int next = text.indexOf('/', at);
      int stop = next < 0 || next > end ? end : next;
      if (stop > at) {
        // A matrix parameter such as ;jsessionid=… belongs to the visit, not to the page.
        int matrix = text.indexOf(';', at);
        int cut = matrix < 0 || matrix > stop ? stop : matrix;
        shape.append('/').append(TextMask.mask(text.substring(at, cut), false));
        count++;
      }
      at = stop + 1;
    }
  }

  private static String bounded(String text) {
    return text.length() > TextMask.MAX_LENGTH ? text.substring(0, TextMask.MAX_LENGTH) : text;
  }
}
