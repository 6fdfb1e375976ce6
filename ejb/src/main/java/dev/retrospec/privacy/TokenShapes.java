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
    new Shape("ABIA", Body.CAPITALS, 16, 16, false),
    new Shape("ACCA", Body.CAPITALS, 16, 16, false),
    new Shape("A3T", Body.CAPITALS, 17, 17, false),
    new Shape("AIz", Body.WITH_DASHES, 31), // Google: AIza…
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

  /** So many characters behind the prefix decide: a row of prefixes is not read to its end each. */
  private static final int DECISIVE = 256;

  /** By the last two characters of the prefix: rarer in text than the first. */
  private static final Shape[][] BY_SIGN = bySign();

  private TokenShapes() {}

  private static Shape[][] bySign() {
    Shape[][] shapes = new Shape[128 * 128][];
    for (Shape shape : SHAPES) {
      String prefix = shape.prefix();
      int sign = sign(prefix.charAt(prefix.length() - 2), prefix.charAt(prefix.length() - 1));
      Shape[] known = shapes[sign] == null ? new Shape[0] : shapes[sign];
      shapes[sign] = Arrays.copyOf(known, known.length + 1);
      shapes[sign][known.length] = shape;
    }
    return shapes;
  }

  private static int sign(char before, char last) {
    return before << 7 | last;
  }

  /** Characters with which a prefix can end. */
  static String signs() {
    return "_-./AzT";
  }

  static String redact(String text) {
    Replacement clean = new Replacement(text);
    char[] chars = text.toCharArray();
    int floor = 0;
    for (int i = 1; i < chars.length; i++) {
      long found = find(chars, floor, i, chars.length);
      if (found != Span.NONE) {
        clean.put(Span.start(found), Span.end(found), SecretText.TAG);
        floor = Span.end(found);
        i = floor - 1;
      }
    }
    return clean.result();
  }

  /**
   * @param last where the last character of a prefix may stand
   */
  static long find(char[] text, int floor, int last, int end) {
    if (last <= floor || text[last] >= 128 || text[last - 1] >= 128) {
      return Span.NONE;
    }
    Shape[] shapes = BY_SIGN[sign(text[last - 1], text[last])];
    if (shapes == null) {
      return Span.NONE;
    }
    for (Shape shape : shapes) {
      int start = last + 1 - shape.prefix().length();
      if (start >= floor
          && startsWith(text, start, shape.prefix())
          && beginsWord(text, floor, start)) {
        return token(text, start, last + 1, end, shape);
      }
    }
    return Span.NONE;
  }

  private static long token(char[] text, int start, int from, int end, Shape shape) {
    int to = run(text, from, Math.min(end, from + DECISIVE), shape.body());
    int length = to - from;
    boolean found =
        length >= shape.least()
            && length <= shape.most()
            && (!shape.random() || isRandom(text, from, to));
    if (!found) {
      return Span.NONE;
    }
    return Span.of(shape.body() == Body.PATH ? from : start, run(text, to, end, shape.body()));
  }

  private static int run(char[] text, int from, int end, Body body) {
    int to = from;
    while (to < end && isIn(body, text[to])) {
      to++;
    }
    return to;
  }

  private static boolean startsWith(char[] text, int start, String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (text[start + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Also behind an escaped line end, as in {@code \nghp_…}. */
  private static boolean beginsWord(char[] text, int floor, int i) {
    if (i == floor) {
      return true;
    }
    char before = text[i - 1];
    boolean inWord = Chars.isWord(before) && before != '_';
    return !inWord || (i - 1 > floor && text[i - 2] == '\\' && "nrt".indexOf(before) >= 0);
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
  private static boolean isRandom(char[] text, int from, int end) {
    boolean digit = false;
    boolean capital = false;
    int run = 0;
    int longest = 0;
    for (int i = from; i < end; i++) {
      char c = text[i];
      digit |= Chars.isAsciiDigit(c);
      capital |= c >= 'A' && c <= 'Z';
      run = c == '-' || c == '_' ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return digit && (capital || longest >= 24);
  }
}
