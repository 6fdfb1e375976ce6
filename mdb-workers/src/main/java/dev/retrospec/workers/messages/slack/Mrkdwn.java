package dev.retrospec.workers.messages.slack;

/** Puts foreign text into Slack's markup, where only three characters mean something. */
public final class Mrkdwn {

  private Mrkdwn() {}

  /** So that it forms no link and calls nobody ({@code <!channel>}). */
  public static String text(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The same with at most {@code max} characters, never ending within an entity. */
  public static String text(String text, int max) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      String next = text(Character.toString(c));
      int room = max - escaped.length() - (i < text.length() ? 1 : 0);
      if (next.length() > room) {
        return escaped.append('…').toString();
      }
      escaped.append(next);
    }
    return escaped.toString();
  }

  /** As inline code, on one line; a backtick would end it. */
  public static String code(String text, int max) {
    return "`" + text(text.replaceAll("\\s+", " ").replace('`', '\''), max) + "`";
  }

  /** A link; the address has been checked to be http. */
  public static String link(String escapedWords, String url) {
    return "<" + text(url).replace("|", "%7C") + "|" + escapedWords.replace("|", "¦") + ">";
  }

  /** Markdown as Slack would have written it, not yet escaped. */
  public static String fromMarkdown(String markdown) {
    return markdown
        .replaceAll("(?m)^#{1,6}[ \\t]++(.+)$", "*$1*")
        .replace("**", "*")
        .replaceAll("(?m)^[ \\t]*+[-+][ \\t]++", "• ")
        .strip();
  }
}
