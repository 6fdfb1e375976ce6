package dev.retrospec.privacy;

import java.util.Arrays;

/**
 * Finds tokens that tell by their beginning who issued them, whatever stands before them. The
 * shapes are the issuers' own (their documents on secret scanning).
 */
final class TokenShapes {

  private enum Body {
    LETTERS_AND_DIGITS,
    WORD,
    WITH_DASHES,
    WITH_DOTS,
    CAPITALS,
    /** Nothing that ends an address in text. */
    PATH
  }

  /**
   * @param least characters behind the prefix
   * @param random whether the prefix is so common that the rest must look random
   */
  private record Shape(String prefix, Body body, int least, int most, boolean random) {

    Shape(String prefix, Body body, int least) {
      this(prefix, body, least, Integer.MAX_VALUE, false);
    }
  }

  private static final Shape[] SHAPES = {
    new Shape("ghp_", Body.LETTERS_AND_DIGITS, 16), // GitHub
    new Shape("gho_", Body.LETTERS_AND_DIGITS, 16),
    new Shape("ghu_", Body.LETTERS_AND_DIGITS, 16),
    new Shape("ghs_", Body.LETTERS_AND_DIGITS, 16),
    new Shape("ghr_", Body.LETTERS_AND_DIGITS, 16),
    new Shape("github_pat_", Body.WORD, 20),
    new Shape("glpat-", Body.WITH_DOTS, 16), // GitLab
    new Shape("xoxa-", Body.WITH_DASHES, 10), // Slack
    new Shape("xoxb-", Body.WITH_DASHES, 10),
    new Shape("xoxe-", Body.WITH_DASHES, 10),
    new Shape("xoxp-", Body.WITH_DASHES, 10),
    new Shape("xoxr-", Body.WITH_DASHES, 10),
    new Shape("xoxs-", Body.WITH_DASHES, 10),
    new Shape("xapp-", Body.WITH_DASHES, 16),
    new Shape("hooks.slack.com/services/", Body.PATH, 1),
    new Shape("hooks.slack.com/workflows/", Body.PATH, 1),
    new Shape("hooks.slack.com/triggers/", Body.PATH, 1),
    new Shape("discord.com/api/webhooks/", Body.PATH, 1),
    new Shape("AKIA", Body.CAPITALS, 16, 16, false), // Amazon
    new Shape("ASIA", Body.CAPITALS, 16, 16, false),
    new Shape("AIza", Body.WITH_DASHES, 30), // Google
    new Shape("ya29.", Body.WITH_DASHES, 20),
    new Shape("sk_live_", Body.LETTERS_AND_DIGITS, 8), // Stripe
    new Shape("sk_test_", Body.LETTERS_AND_DIGITS, 8),
    new Shape("rk_live_", Body.LETTERS_AND_DIGITS, 8),
    new Shape("rk_test_", Body.LETTERS_AND_DIGITS, 8),
    new Shape("whsec_", Body.LETTERS_AND_DIGITS, 16),
    new Shape("sk-", Body.WITH_DASHES, 20, Integer.MAX_VALUE, true), // OpenAI, Anthropic
    new Shape("gsk_", Body.LETTERS_AND_DIGITS, 20), // Groq
    new Shape("npm_", Body.LETTERS_AND_DIGITS, 30),
    new Shape("hf_", Body.LETTERS_AND_DIGITS, 30),
    new Shape("SG.", Body.WITH_DOTS, 40, Integer.MAX_VALUE, true),
    new Shape("rs_secret_", Body.WITH_DASHES, 20), // our own
  };

  /** By the first character of the prefix. */
  private static final Shape[][] BY_FIRST = byFirst();

  private TokenShapes() {}

  private static Shape[][] byFirst() {
    Shape[][] shapes = new Shape[128][];
    for (char c = 0; c < 128; c++) {
      char first = c;
      Shape[] found =
          Arrays.stream(SHAPES)
              .filter(shape -> shape.prefix().charAt(0) == first)
              .toArray(Shape[]::new);
      shapes[c] = found.length == 0 ? null : found;
    }
    return shapes;
  }

  static String redact(String text) {
    Replacement clean = new Replacement(text);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      Shape[] shapes = c < 128 ? BY_FIRST[c] : null;
      int end = shapes == null || !beginsWord(text, i) ? -1 : end(text, i, shapes, clean);
      i = end < 0 ? i + 1 : end;
    }
    return clean.result();
  }

  private static int end(String text, int start, Shape[] shapes, Replacement clean) {
    for (Shape shape : shapes) {
      if (!text.startsWith(shape.prefix(), start)) {
        continue;
      }
      int from = start + shape.prefix().length();
      int end = from;
      while (end < text.length() && isIn(shape.body(), text.charAt(end))) {
        end++;
      }
      int length = end - from;
      boolean found =
          length >= shape.least()
              && length <= shape.most()
              && (!shape.random() || isRandom(text, from, end));
      if (found) {
        clean.put(shape.body() == Body.PATH ? from : start, end, SecretText.TAG);
      }
      return end; // the run that was looked at is looked at once
    }
    return -1;
  }

  /** Also behind an escaped line end, as in {@code \nghp_…}. */
  private static boolean beginsWord(String text, int i) {
    if (i == 0) {
      return true;
    }
    char before = text.charAt(i - 1);
    boolean inWord = Chars.isWord(before) && before != '_';
    return !inWord || (i > 1 && text.charAt(i - 2) == '\\' && "nrt".indexOf(before) >= 0);
  }

  private static boolean isIn(Body body, char c) {
    return switch (body) {
      case LETTERS_AND_DIGITS -> Chars.isWord(c) && c != '_';
      case WORD -> Chars.isWord(c);
      case WITH_DASHES -> Chars.isWord(c) || c == '-';
      case WITH_DOTS -> Chars.isWord(c) || c == '-' || c == '.';
      case CAPITALS -> Chars.isAsciiDigit(c) || (Chars.isAsciiLetter(c) && c < 'a');
      case PATH -> Chars.isWord(c) || c == '-' || c == '/' || c == '.' || c == '%';
    };
  }

  /** Class names of style sheets ({@code sk-fading-circle-12}) have no capitals. */
  private static boolean isRandom(String text, int from, int end) {
    boolean digit = false;
    boolean capital = false;
    int run = 0;
    int longest = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      digit |= Chars.isAsciiDigit(c);
      capital |= c >= 'A' && c <= 'Z';
      run = c == '-' || c == '_' ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return digit && (capital || longest >= 24);
  }
}
