package dev.retrospec.signatures.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks the values that a page puts into what it tells visitors and developers: quoted texts, dates
 * and money in the words of any locale. Before {@link TextMask}, which masks the rest. Every
 * alternative is bounded: linear in the text.
 */
final class ValueMask {

  private static final String NUMBER =
      "\\d{1,3}(?:[.,'\u00a0\u202f\u2019 ]?\\d{3}){0,5}(?:[.,]\\d{1,4})?";
  private static final String CURRENCY = "(?:[€$£¥₹₽₩]|(?:EUR|USD|GBP|CHF|JPY|PLN|SEK|INR)\\b)";
  private static final String MONTH =
      "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\.?";
  private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}";
  private static final String TIME_OF_DAY = "\\d{1,2}:\\d{2}(?::\\d{2})?(?:[ \u202f][AP]M)?";

  private static final Pattern VALUE =
      Pattern.compile(
          // Not an apostrophe within a word.
          "(?<quoted>(?<![\\p{L}\\p{N}])'[^'\\n]{0,200}+'(?![\\p{L}\\p{N}])|\"[^\"\\n]{0,200}+\""
              + "|`[^`\\n]{0,200}+`|“[^”\\n]{0,200}+”|„[^“”\\n]{0,200}+[“”]|«[^»\\n]{0,200}+»"
              + "|‘[^’\\n]{0,200}+’(?![\\p{L}\\p{N}]))"
              + "|(?<date>\\b(?:"
              + DAY
              + ",? )?(?:"
              + MONTH
              + " \\d{1,2}(?:,? \\d{4})?|\\d{1,2}\\.? "
              + MONTH
              + " \\d{4})(?:(?:,| at)? "
              + TIME_OF_DAY
              + ")?(?: (?:GMT|UTC)(?:[+-]\\d{2}:?\\d{2})?(?: \\([^)\\n]{1,60}\\))?)?"
              + "|\\b\\d{1,2}([./-])\\d{1,2}\\3\\d{2,4}(?:,? "
              + TIME_OF_DAY
              + ")?(?!\\d))"
              + "|(?<sign>(?<![\\p{L}\\p{N})\\]_.-])-(?=\\d))");

  private static final Pattern MONEY =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])-?(?:"
              + CURRENCY
              + "[ \u00a0]?"
              + NUMBER
              + "|"
              + NUMBER
              + "[ \u00a0\u202f]?"
              + CURRENCY
              + ")");

  private static final Pattern CURRENCY_SIGN = Pattern.compile(CURRENCY);

  /** A code names an error, quoted or not. */
  private static final Pattern CODE = Pattern.compile("[A-Z]{2,20}(?:_[A-Z0-9]{1,20}){1,6}");

  private ValueMask() {}

  /**
   * @param quotes whether what is quoted is a value, and not a name that an engine quotes
   */
  static String mask(String text, boolean quotes) {
    Matcher found = VALUE.matcher(text);
    StringBuilder masked = new StringBuilder(text.length());
    int copied = 0;
    while (found.find()) {
      masked.append(text, copied, found.start()).append(replacement(found, quotes));
      copied = found.end();
    }
    String values = masked.append(text, copied, text.length()).toString();
    return CURRENCY_SIGN.matcher(values).find() ? MONEY.matcher(values).replaceAll("<n>") : values;
  }

  private static String replacement(Matcher found, boolean quotes) {
    String told = found.group();
    if (found.group("quoted") != null) {
      String inner = told.substring(1, told.length() - 1);
      boolean code = CODE.matcher(inner).matches() || !ProtectedCodes.of(inner).isEmpty();
      return !quotes || code ? told : "<quoted>";
    }
    return found.group("date") != null ? "<time>" : "";
  }
}
