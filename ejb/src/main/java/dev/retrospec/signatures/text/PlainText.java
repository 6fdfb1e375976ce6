package dev.retrospec.signatures.text;

import java.util.regex.Pattern;

/**
 * Text as a person reads it: without terminal colours, control characters and halves of characters,
 * with {@code \n} between lines.
 */
public final class PlainText {

  /**
   * Control sequences of ECMA-48 (colours, titles), and colours whose escape character an XML
   * writer has dropped. Possessive, and each alternative stops at the next escape: linear.
   */
  private static final Pattern TERMINAL =
      Pattern.compile(
          "\u001B\\[[0-?]*+[ -/]*+[@-~]?"
              + "|\u001B\\][^\u0007\u001B]*+\u0007?"
              + "|\u001B[@-Z\\\\^_]?"
              + "|\\[\\d{1,3}(?:;\\d{1,3}){0,4}m");

  private static final char REPLACEMENT = '\uFFFD';

  private PlainText() {}

  public static String of(String raw) {
    String text =
        raw.indexOf('\u001B') >= 0 || raw.indexOf('[') >= 0
            ? TERMINAL.matcher(raw).replaceAll("")
            : raw;
    StringBuilder plain = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\r') {
        if (at + 1 == text.length() || text.charAt(at + 1) != '\n') {
          plain.append('\n');
        }
      } else if (Character.isHighSurrogate(c)) {
        if (at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
          plain.append(c).append(text.charAt(++at));
        } else {
          plain.append(REPLACEMENT);
        }
      } else if (Character.isLowSurrogate(c)) {
        plain.append(REPLACEMENT);
      } else if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** At most {@code length} characters from the beginning; never ends in half of a character. */
  public static String cut(String text, int length) {
    int end = Math.min(text.length(), length);
    boolean half = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, half ? end - 1 : end);
  }
}
