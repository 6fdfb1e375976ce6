package dev.retrospec.web.faces;

import dev.retrospec.inspection.RunDiff.FileDiff;
import dev.retrospec.inspection.RunDiff.Line;
import java.util.Locale;

/**
 * A changed file as HTML. Written here at once and not by the page's components, because a page has
 * thousands of lines. The sign stands before each changed line, so that colour is not all that
 * tells.
 */
final class DiffMarkup {

  private static final int CHARACTERS_OF_A_LINE = 80;

  private DiffMarkup() {}

  static String of(FileDiff file) {
    StringBuilder html = new StringBuilder(file.lines().size() * CHARACTERS_OF_A_LINE);
    for (Line line : file.lines()) {
      switch (line.kind()) {
        case HUNK -> part(html, "span", " class=\"hunk\"", "", line.text());
        case ADDED -> part(html, "ins", number(line), "+", line.text());
        case DELETED -> part(html, "del", number(line), "-", line.text());
        case SAME -> part(html, "span", number(line), " ", line.text());
      }
    }
    return html.toString();
  }

  private static String number(Line line) {
    return " data-line=\"" + line.number() + "\"";
  }

  private static void part(
      StringBuilder html, String tag, String attributes, String sign, String text) {
    html.append('<').append(tag).append(attributes).append('>').append(sign);
    escape(html, text);
    html.append("\n</").append(tag).append('>');
  }

  private static void escape(StringBuilder html, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (turnsText(c)) {
        html.append("[U+").append(Integer.toHexString(c).toUpperCase(Locale.ROOT)).append(']');
      } else {
        switch (c) {
          case '&' -> html.append("&amp;");
          case '<' -> html.append("&lt;");
          case '>' -> html.append("&gt;");
          case '\t' -> html.append(c);
          default -> html.append(Character.isISOControl(c) ? '\uFFFD' : c);
        }
      }
    }
  }

  /** Characters that let code be read in another order than it runs ("Trojan Source", 2021). */
  private static boolean turnsText(char c) {
    return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
  }
}
