package dev.retrospec.signatures.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what belongs to the machine and the moment of a test run, before {@link TextMask} masks the
 * rest: paths of files, identity hashes of objects, durations, times of day. One combined pattern;
 * every alternative is bounded, so that the time is linear in the text.
 */
final class LocalMask {

  private static final Pattern LOCAL =
      Pattern.compile(
          "(?<path>(?<![\\p{L}\\p{N}_:/\\\\.@-])(?:file://)?(?:[A-Za-z]:)?(?:[/\\\\][\\w.@+~$-]{1,100}+){2,40}+)"
              + "|(?<=[\\p{L}\\p{N}_$)\\]])(?<identity>@[0-9a-f]{4,16}(?![\\w-]|\\.\\w))"
              + "|(?<![\\p{L}\\p{N}_.,])(?<duration>\\d{1,12}(?:[.,]\\d{1,9})?(?: ?(?:ns|µs|us|ms|sec|secs|min|mins)| ?s| seconds?"
              + "| milliseconds?| minutes?)(?![\\p{L}\\p{N}_])|PT\\d[\\dHMS.]{1,20})"
              + "|(?<![\\p{L}\\p{N}_.:])(?<time>\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?![\\p{L}\\p{N}_]))");

  /** Where machines keep what they build; a path under none of these may be a route of the site. */
  private static final Pattern FILE =
      Pattern.compile(
          "^(?:file://)?(?:[A-Za-z]:|[/\\\\](?:home|Users|root|tmp|var|opt|usr|private|mnt|srv|builds?|work"
              + "|workspace|github|runner|__w|app|src|code|data|Volumes|proc|dev|etc|nix|target)[/\\\\]).*"
              + "|.*\\.(?:java|kt|[cm]?[jt]sx?|py|go|rb|cs|rs|json|xml|ya?ml|txt|log|html|png|zip|jar|sock|properties|sql)$");

  private LocalMask() {}

  static String mask(String text) {
    Matcher found = LOCAL.matcher(text);
    StringBuilder masked = new StringBuilder(text.length());
    int copied = 0;
    while (found.find()) {
      masked.append(text, copied, found.start()).append(replacement(found));
      copied = found.end();
    }
    return masked.append(text, copied, text.length()).toString();
  }

  private static String replacement(Matcher found) {
    if (found.group("path") != null) {
      String path = found.group();
      return FILE.matcher(path).matches() ? file(path) : path;
    }
    if (found.group("identity") != null) {
      return "@<id>";
    }
    return found.group("duration") != null ? "<duration>" : "<time>";
  }

  /** The name stays: it tells which file was missing. */
  private static String file(String path) {
    int name = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    return "<path>/" + path.substring(name);
  }
}
