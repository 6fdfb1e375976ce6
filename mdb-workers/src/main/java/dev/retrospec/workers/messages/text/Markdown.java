package dev.retrospec.workers.messages.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts foreign text into GitHub's Markdown so that it stays text: it forms no link, picture or
 * heading, leaves no code block and calls nobody by an {@code @}.
 */
public final class Markdown {

  /** Invisible, and GitHub sees no name behind it. */
  private static final String UNCALLED = "@\u200B";

  private static final Pattern BACKTICKS = Pattern.compile("`+");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*\\[\\]<>|#~$&]");

  /** CommonMark 4.5: three or more of one character; backticks have none behind them. */
  private static final Pattern FENCE =
      Pattern.compile(" {0,3}(`{3,}+|~{3,}+)((?<=`)[^`]*|(?<=~).*)");

  /**
   * What GitHub makes a link of by itself (GFM, extended autolinks), where the word begins.
   * Addresses with an {@code @} are none already.
   */
  private static final Pattern AUTOLINK =
      Pattern.compile("(?i)\\b(?:(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\\.))");

  /** Within a word an underscore means nothing, and test names are full of them. */
  private static final Pattern EDGE_UNDERSCORE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])_++|(?<!_)_++(?![\\p{L}\\p{N}])");

  private Markdown() {}

  /** How long a text is to those who count bytes; never shorter than characters. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** In running text, on one line. */
  public static String text(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    String escaped = SPECIAL.matcher(line).replaceAll("\\\\$0");
    escaped =
        EDGE_UNDERSCORE
            .matcher(escaped)
            .replaceAll(match -> Matcher.quoteReplacement(match.group().replace("_", "\\_")));
    return unlinked(escaped.replace("@", UNCALLED));
  }

  /** An invisible character ends the word that would begin a link. */
  private static String unlinked(String text) {
    return AUTOLINK.matcher(text).replaceAll("$0\u200B");
  }

  /** As inline code, on one line. */
  public static String code(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    String fence = "`".repeat(longestRun(line) + 1);
    String padding = line.startsWith("`") || line.endsWith("`") || line.isEmpty() ? " " : "";
    return fence + padding + line + padding + fence;
  }

  /**
   * As a block of code whose lines begin with {@code indent}.
   *
   * @param language for the colours; may be empty
   */
  public static String block(String text, String language, String indent) {
    String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    StringBuilder block = new StringBuilder(indent).append(fence).append(language).append('\n');
    text.strip().lines().forEach(line -> block.append(indent).append(line).append('\n'));
    return block.append(indent).append(fence).append('\n').toString();
  }

  /** A link; the address has been checked to be http. */
  public static String link(String words, String address) {
    return "["
        + words
        + "]("
        + address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        + ")";
  }

  /**
   * Markdown that somebody else wrote (an analysis): its own lists and code stay, and its headings,
   * below ours; HTML, pictures and calls do not, and no code block stays open.
   */
  public static String foreign(String markdown) {
    StringBuilder safe = new StringBuilder(markdown.length() + 64);
    String open = "";
    boolean mayBeCode = true;
    for (String line : markdown.strip().lines().toList()) {
      Matcher fence = FENCE.matcher(line);
      boolean isFence = fence.matches();
      // an indented one may belong to a list and end with it: its lines stay text
      if (open.isEmpty() && isFence && line.charAt(0) != ' ') {
        open = fence.group(1);
        mayBeCode = true;
        safe.append(open).append(inert(fence.group(2)));
      } else if (open.isEmpty()) {
        mayBeCode = outsideOfCode(line, safe, mayBeCode);
      } else {
        safe.append(line);
        open = isFence && closes(open, fence) ? "" : open;
      }
      safe.append('\n');
    }
    return open.isEmpty() ? safe.toString() : safe.append(open).append('\n').toString();
  }

  /** By a fence of the same character, at least as long, with nothing behind it. */
  private static boolean closes(String open, Matcher fence) {
    String marks = fence.group(1);
    return marks.charAt(0) == open.charAt(0)
        && marks.length() >= open.length()
        && fence.group(2).isBlank();
  }

  /**
   * One line of a paragraph.
   *
   * @param safe what the line is added to
   * @param mayBeCode whether no line before it has opened code that this one could close
   * @return the same for the next line
   */
  private static boolean outsideOfCode(String line, StringBuilder safe, boolean mayBeCode) {
    String text = line.replaceFirst("^#{1,6}\\s+", "#### ");
    boolean known = (mayBeCode || line.isBlank()) && text.indexOf("\\`") < 0;
    Matcher runs = BACKTICKS.matcher(text);
    int from = 0;
    while (known && runs.find(from)) {
      int end = closing(text, runs.end(), runs.end() - runs.start());
      if (end < 0) {
        known = false; // nobody closes it here: the rest may be text
      } else {
        safe.append(inert(text.substring(from, runs.start()))).append(text, runs.start(), end);
        from = end;
      }
    }
    safe.append(inert(text.substring(from)));
    return known;
  }

  private static String inert(String text) {
    return text.replace("<", "&lt;").replace("![", "[").replace("@", UNCALLED);
  }

  /** Behind the next run of as many backticks; -1 when there is none. */
  private static int closing(String text, int from, int length) {
    Matcher runs = BACKTICKS.matcher(text);
    int at = from;
    while (runs.find(at)) {
      if (runs.end() - runs.start() == length) {
        return runs.end();
      }
      at = runs.end();
    }
    return -1;
  }

  private static int longestRun(String text) {
    Matcher runs = BACKTICKS.matcher(text);
    int longest = 0;
    while (runs.find()) {
      longest = Math.max(longest, runs.end() - runs.start());
    }
    return longest;
  }
}
