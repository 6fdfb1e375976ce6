package dev.retrospec.testruns.junit;

import java.util.regex.Pattern;

/** Takes the colours and cursor movements of terminals out of a text (ECMA-48 sequences). */
final class Ansi {

  private static final Pattern SEQUENCE =
      Pattern.compile(
          "[\\u001B\\u241B](?:\\[[0-?]{0,64}+[ -/]{0,16}+[@-~]|\\][^\\u0007\\u241B\\uFFFD]{0,512}+[\\u0007\\uFFFD]?|[@-Z\\\\^_])");

  private Ansi() {}

  static String stripped(String text) {
    return text.indexOf(XmlText.ESCAPE) < 0 && text.indexOf('\u001B') < 0
        ? text
        : SEQUENCE.matcher(text).replaceAll("");
  }
}
