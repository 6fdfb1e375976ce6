package dev.retrospec.issues.clustering;

import dev.retrospec.signatures.stacks.JavaScriptFrames;
import dev.retrospec.signatures.stacks.JavaScriptFrames.Line;
import dev.retrospec.signatures.text.RouteShape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a stack when everything is gone that changes with browser, release and build: the
 * top frames of the site's own code, each as function and file, without origin, query, content
 * hash, line and column. Reads the text of V8, SpiderMonkey and JavaScriptCore.
 *
 * <p>Frames behind the first asynchronous call are left out, because the three engines do not agree
 * on them.
 */
final class StackShape {

  /** Deeper frames tell how one got there, and differ between engines. */
  static final int MAX_FRAMES = 5;

  private static final int MAX_LINES = 60;
  private static final int MAX_LINE_LENGTH = 600;

  /** Code that is not the site's: packages, delivery networks, extensions, our own recorder. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?:^|[/@])(?:node_modules|bower_components|vendors?|webpack/bootstrap|cdn-cgi|polyfills?)"
              + "(?:[-~./]|$)"
              + "|(?:chrome|moz|safari-web|safari)-extension:"
              + "|//(?:unpkg\\.com|cdn\\.jsdelivr\\.net|cdnjs\\.cloudflare\\.com|code\\.jquery\\.com"
              + "|ajax\\.googleapis\\.com|www\\.googletagmanager\\.com)/"
              + "|/sdk/(?:[^/]{1,40}/)?retrospec[^/]{0,40}\\.js"
              + "|\\bjquery[^/]{0,40}\\.js"
              + "|^(?:native|<anonymous>|\\[native code]|node:)",
          Pattern.CASE_INSENSITIVE);

  private StackShape() {}

  /** The frames, topmost first; empty when the text has none of the site's. */
  static List<String> of(String stack) {
    List<String> frames = new ArrayList<>(MAX_FRAMES);
    int at = 0;
    for (int line = 0; line < MAX_LINES && at < stack.length(); line++) {
      int end = stack.indexOf('\n', at);
      int stop = end < 0 ? stack.length() : end;
      Line frame =
          stop - at > MAX_LINE_LENGTH ? null : JavaScriptFrames.line(stack.substring(at, stop));
      at = stop + 1;
      if (frame == null) {
        continue;
      }
      if (frame.async() && !frames.isEmpty()) {
        break;
      }
      add(frames, frame.name(), frame.place());
      if (frames.size() == MAX_FRAMES) {
        break;
      }
    }
    return frames;
  }

  private static void add(List<String> frames, @Nullable String name, String place) {
    if (FOREIGN.matcher(place).find()) {
      return;
    }
    String frame = JavaScriptFrames.functionName(name) + " " + file(place);
    // Recursion: how deep it went is chance.
    if (frames.isEmpty() || !frames.get(frames.size() - 1).equals(frame)) {
      frames.add(frame);
    }
  }

  /** The path without origin, query, position and hashes. */
  static String file(String place) {
    String path = JavaScriptFrames.withoutPosition(place);
    int authority = path.indexOf("://");
    String plain = JavaScriptFrames.withoutHash(path);
    return authority < 0 ? RouteShape.of(plain) : RouteShape.ofPath(plain, authority + 3);
  }
}
