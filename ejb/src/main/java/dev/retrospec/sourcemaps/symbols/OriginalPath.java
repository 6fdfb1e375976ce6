package dev.retrospec.sourcemaps.symbols;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths of sources without what the bundler put around them. */
final class OriginalPath {

  private static final int MAX_LENGTH = 1_000;

  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:/");

  /** {@code webpack://shop/./src/a.ts}: what stands between the slashes is the package's name. */
  private static final Pattern ORIGIN =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+://[^/]*/+|^(?:file|webpack|ng|rollup):/*");

  private OriginalPath() {}

  /**
   * One path for one source, wherever the bundler stood: without scheme, origin and query, with
   * {@code .} and {@code ..} resolved as far as they go.
   *
   * @param root the map's {@code sourceRoot}
   */
  static String of(@Nullable String root, String source) {
    String clean = source.strip().replace('\\', '/');
    boolean absolute = clean.startsWith("/") || SCHEME.matcher(clean).find();
    String whole =
        absolute || root == null || root.isBlank()
            ? clean
            : root.strip().replace('\\', '/').replaceFirst("/+$", "") + "/" + clean;
    // webpack tells Vue's and CSS' parts of a file by a query
    int query = whole.indexOf('?', 1);
    String plain = query < 0 ? whole : whole.substring(0, query);
    String path = ORIGIN.matcher(plain).replaceFirst("");
    String resolved = resolved(path);
    return resolved.length() <= MAX_LENGTH
        ? resolved
        : resolved.substring(resolved.length() - MAX_LENGTH);
  }

  private static String resolved(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        segments.pollLast(); // above the bundler's folder there is nothing to tell
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return (path.startsWith("/") ? "/" : "") + String.join("/", segments);
  }
}
