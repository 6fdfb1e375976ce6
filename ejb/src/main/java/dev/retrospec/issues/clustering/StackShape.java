package dev.retrospec.issues.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
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

  /** A name of one or two letters is a minifier's, and another one in the next release. */
  private static final int MIN_NAME_LENGTH = 3;

  private static final String NO_NAME = "?";

  /** {@code at async Cart.total [as pay] (https://…/app.js:1:2)} and {@code at https://…}. */
  private static final Pattern V8 =
      Pattern.compile(
          "^\\s{0,20}at (?<async>async )?(?:(?<name>.{1,300}?) \\()?(?<place>[^()]{1,500}+)\\)?$");

  /** {@code async*Cart/total<@https://…/app.js:1:2}, in Safari without the signs. */
  private static final Pattern AT_SIGN =
      Pattern.compile("^(?<async>async\\*)?(?<name>[^@]{0,300}+)@(?<place>.{1,500})$");

  private static final Pattern POSITION = Pattern.compile("(?::\\d{1,9}){1,2}$");

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

  /**
   * The hash that bundlers put into a file's name: {@code app-B3xK9_dQ.js}, {@code
   * app.3f2a9c1b.js}.
   */
  private static final Pattern NAME_HASH = Pattern.compile("[-._]([A-Za-z0-9_]{6,40})(?=\\.[a-z])");

  private StackShape() {}

  /** The frames, topmost first; empty when the text has none of the site's. */
  static List<String> of(String stack) {
    List<String> frames = new ArrayList<>(MAX_FRAMES);
    int at = 0;
    for (int line = 0; line < MAX_LINES && at < stack.length(); line++) {
      int end = stack.indexOf('\n', at);
      int stop = end < 0 ? stack.length() : end;
      Matcher frame = stop - at > MAX_LINE_LENGTH ? null : frame(stack.substring(at, stop));
      at = stop + 1;
      if (frame == null) {
        continue;
      }
      if (frame.group("async") != null && !frames.isEmpty()) {
        break;
      }
      add(frames, frame.group("name"), frame.group("place").strip());
      if (frames.size() == MAX_FRAMES) {
        break;
      }
    }
    return frames;
  }

  private static @Nullable Matcher frame(String line) {
    String clean = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    Matcher v8 = V8.matcher(clean);
    if (v8.matches()) {
      return v8;
    }
    Matcher atSign = AT_SIGN.matcher(clean);
    return atSign.matches() ? atSign : null;
  }

  private static void add(List<String> frames, @Nullable String name, String place) {
    if (FOREIGN.matcher(place).find()) {
      return;
    }
    String frame = functionName(name) + " " + file(place);
    // Recursion: how deep it went is chance.
    if (frames.isEmpty() || !frames.get(frames.size() - 1).equals(frame)) {
      frames.add(frame);
    }
  }

  /** The last name in what the engine tells: {@code Cart.total [as pay]}, {@code Cart/total<}. */
  static String functionName(@Nullable String told) {
    if (told == null) {
      return NO_NAME;
    }
    String name = told;
    int alias = name.indexOf(" [as ");
    name = alias < 0 ? name : name.substring(0, alias);
    name = name.startsWith("new ") ? name.substring(4) : name;
    boolean nameless = name.endsWith("<") || name.endsWith("<anonymous>");
    int start = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1;
    name = name.substring(start).strip();
    boolean pseudo = name.endsWith(" code") || name.contains(" ");
    if (pseudo || name.length() < MIN_NAME_LENGTH || (nameless && isNested(told))) {
      return NO_NAME;
    }
    return name.endsWith("<") ? name.substring(0, name.length() - 1) : name;
  }

  /**
   * SpiderMonkey: {@code total<} is a function assigned to total, {@code total/<} one inside it.
   */
  private static boolean isNested(String told) {
    return told.endsWith("/<") || told.endsWith("<anonymous>");
  }

  /** The path without origin, query, position and hashes. */
  static String file(String place) {
    String path = POSITION.matcher(place).replaceFirst("");
    int authority = path.indexOf("://");
    String shape =
        authority < 0
            ? RouteShape.of(withoutHash(path))
            : RouteShape.ofPath(withoutHash(path), authority + 3);
    return shape;
  }

  private static String withoutHash(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    int name = plain.lastIndexOf('/') + 1;
    Matcher hash = NAME_HASH.matcher(plain);
    StringBuilder clean = new StringBuilder(plain.length());
    int copied = 0;
    for (int from = name; from < plain.length() && hash.find(from); from = hash.end()) {
      if (looksRandom(hash.group(1))) {
        clean.append(plain, copied, hash.start());
        copied = hash.end();
      }
    }
    return clean.append(plain, copied, plain.length()).toString();
  }

  /** Digits among letters, or capitals where no word has them; {@code HomePage} is a word. */
  private static boolean looksRandom(String part) {
    long digits = part.chars().filter(Character::isDigit).count();
    long letters = part.chars().filter(Character::isLetter).count();
    long innerCapitals = part.chars().skip(1).filter(Character::isUpperCase).count();
    boolean hex = part.toLowerCase(Locale.ROOT).matches("[0-9a-f]{7,}");
    return hex
        || digits == part.length()
        || (digits >= 2 && letters > 0)
        || (digits >= 1 && innerCapitals >= 1)
        || innerCapitals >= 2;
  }
}
