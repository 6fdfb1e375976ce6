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

  /** Within a word an underscore means nothing, and test names are full of them. */
  private static final Pattern EDGE_UNDERSCORE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])_+|_+(?![\\p{L}\\p{N}_])");

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
    return escaped.replace("@", UNCALLED);
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
    boolean isCode = false;
    for (String line : markdown.strip().lines().toList()) {
      if (line.stripLeading().startsWith("```")) {
        isCode = !isCode;
        safe.append(line);
      } else {
        safe.append(isCode ? line : outsideOfCode(line));
      }
      safe.append('\n');
    }
    return isCode ? safe.append("```\n").toString() : safe.toString();
  }

  private static String outsideOfCode(String line) {
    String[] parts = line.replaceFirst("^#{1,6}\\s+", "#### ").split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      // an odd part stands between two backticks, unless the last one is missing
      if (i % 2 == 0 || i == parts.length - 1) {
        parts[i] = parts[i].replace("<", "&lt;").replace("![", "[").replace("@", UNCALLED);
      }
    }
    return String.join("`", parts);
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
