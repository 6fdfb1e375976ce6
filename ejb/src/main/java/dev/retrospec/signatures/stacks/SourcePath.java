package dev.retrospec.signatures.stacks;

/** A source file's path without the machine that it lies on. */
final class SourcePath {

  private static final int MAX_SEGMENTS = 3;

  private SourcePath() {}

  /** The file with at most two folders; no origin, no query, one kind of slash. */
  static String tail(String path) {
    int query = path.indexOf('?');
    String plain = (query < 0 ? path : path.substring(0, query)).replace('\\', '/');
    int start = plain.length();
    int floor = afterOrigin(plain);
    for (int segments = 0; segments < MAX_SEGMENTS && start > floor; segments++) {
      int slash = plain.lastIndexOf('/', start - 2);
      String segment = plain.substring(slash + 1, start);
      if (segment.equals("/")
          || segment.equals("./")
          || segment.equals("../")
          || segment.endsWith(":/")) {
        break;
      }
      start = Math.max(slash + 1, floor);
    }
    return plain.substring(start);
  }

  /** {@code https://shop.test/app.js}: behind the third slash. */
  private static int afterOrigin(String path) {
    int scheme = path.indexOf("://");
    int slash = scheme < 0 ? -1 : path.indexOf('/', scheme + 3);
    return slash < 0 ? 0 : slash + 1;
  }
}
