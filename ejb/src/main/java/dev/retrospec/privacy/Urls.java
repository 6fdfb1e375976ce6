package dev.retrospec.privacy;

import java.util.Set;

/**
 * Scrubs addresses: keeps scheme, host and path, replaces the values of parameters in query and
 * fragment unless their name is known to be harmless, and user-info. An address that would run is
 * replaced as a whole.
 */
final class Urls {

  /** Parameters that say where or how, not who. */
  private static final Set<String> HARMLESS =
      Set.of(
          "page",
          "limit",
          "offset",
          "sort",
          "order",
          "lang",
          "locale",
          "v",
          "ver",
          "version",
          "w",
          "h",
          "width",
          "height",
          "format",
          "tab",
          "view",
          "theme",
          "utm_source",
          "utm_medium",
          "utm_campaign");

  private static final int LONGEST_HARMLESS_NAME = 12;

  /** A longer value of a harmless parameter is not what the parameter is for. */
  private static final int LONGEST_HARMLESS_VALUE = 40;

  private static final int LONGEST_SCHEME = 24;

  /** What may stand in a {@code data:} address: it is shown, never run. */
  private static final String[] HARMLESS_DATA = {
    "image/",
    "font/",
    "audio/",
    "video/",
    "application/font",
    "application/x-font",
    "application/vnd.ms-font",
    "application/octet-stream",
    "text/css"
  };

  private Urls() {}

  /**
   * Scrubs the whole stretch as one address, as in an attribute.
   *
   * @param page whether it names a page or a request and not what a replay has to load: then random
   *     parts of its path go, too
   */
  static void scrub(ScrubPass pass, char[] text, int start, int end, boolean page) {
    int from = start;
    while (from < end && Chars.isBlank(text[from])) {
      from++;
    }
    int colon = endOfScheme(text, from, end);
    if (colon < 0) {
      int host = startOfHost(text, from, end);
      path(pass, text, host, host > from, end, false, page);
      return;
    }
    switch (scheme(text, from, colon)) {
      case "javascript", "vbscript", "livescript" ->
          pass.replace(ScrubRule.ACTIVE_CONTENT, start, end);
      case "data" -> data(pass, text, start, colon + 1, end);
      case "tel", "sms", "callto" -> {
        if (colon + 1 < end && !isTag(text, colon + 1, end, ScrubRule.PHONE)) {
          pass.replace(ScrubRule.PHONE, colon + 1, end);
        }
      }
      case "blob" -> {}
      default -> {
        int host = startOfHost(text, colon + 1, end);
        path(pass, text, host, host > colon + 1, end, false, page);
      }
    }
  }

  /**
   * Scrubs the address around the colon of its {@code ://}.
   *
   * @return where the address ends
   */
  static int scrubInText(ScrubPass pass, char[] text, int colon, int end) {
    int to = colon + 3;
    while (to < end && isInAddress(text[to])) {
      to++;
    }
    while (to > colon + 3 && ").,;!?'".indexOf(text[to - 1]) >= 0) {
      to--;
    }
    path(pass, text, colon + 3, true, to, true, true);
    return to;
  }

  private static boolean isInAddress(char c) {
    return c > ' ' && c != '"' && c != '<' && c != '>' && c != '`' && c != '\\' && c != 0xA0;
  }

  /** Browsers skip control characters and line ends within a scheme; so does this. */
  private static int endOfScheme(char[] text, int from, int end) {
    int limit = Math.min(end, from + LONGEST_SCHEME);
    for (int i = from; i < limit; i++) {
      char c = text[i];
      if (c == ':') {
        return i > from ? i : -1;
      }
      boolean inScheme = Chars.isWord(c) || c == '+' || c == '-' || c == '.' || c <= ' ';
      if (!inScheme) {
        return -1;
      }
    }
    return -1;
  }

  private static String scheme(char[] text, int from, int colon) {
    StringBuilder scheme = new StringBuilder(colon - from);
    for (int i = from; i < colon; i++) {
      if (text[i] > ' ') {
        scheme.append(Character.toLowerCase(text[i]));
      }
    }
    return scheme.toString();
  }

  private static int startOfHost(char[] text, int from, int end) {
    boolean slashes = end - from >= 2 && text[from] == '/' && text[from + 1] == '/';
    return slashes ? from + 2 : from;
  }

  private static void data(ScrubPass pass, char[] text, int start, int from, int end) {
    for (String harmless : HARMLESS_DATA) {
      if (Chars.matches(text, from, end, harmless)) {
        return;
      }
    }
    pass.replace(ScrubRule.ACTIVE_CONTENT, start, end);
  }

  /** From the host (or a relative path) to the end. */
  private static void path(
      ScrubPass pass,
      char[] text,
      int authority,
      boolean hasHost,
      int end,
      boolean inText,
      boolean page) {
    int slash = authority;
    int at = -1;
    while (slash < end && text[slash] != '/' && text[slash] != '?' && text[slash] != '#') {
      at = text[slash] == '@' ? slash : at;
      slash++;
    }
    if (hasHost && at > authority && !isTag(text, authority, at, ScrubRule.URL_USER)) {
      pass.replace(ScrubRule.URL_USER, authority, at);
    }
    int query = slash;
    while (query < end && text[query] != '?' && text[query] != '#') {
      query++;
    }
    segments(pass, text, hasHost ? slash : authority, query, page);
    boolean fragment = false;
    while (query < end) {
      fragment |= text[query] == '#';
      int segment = query + 1;
      int to = segment;
      int equals = -1;
      while (to < end && !isDelimiter(text[to], fragment)) {
        equals = equals < 0 && text[to] == '=' ? to : equals;
        to++;
      }
      parameter(pass, text, segment, equals, to, inText && to == end);
      query = to;
    }
  }

  /** Parts of the path, with the parameters of servlets and matrices behind a semicolon. */
  private static void segments(ScrubPass pass, char[] text, int from, int end, boolean page) {
    int plain = from; // all before it has been scrubbed
    int start = from;
    int equals = -1;
    for (int i = from; i <= end; i++) {
      boolean ends = i == end || text[i] == '/' || text[i] == ';';
      if (!ends) {
        equals = equals < 0 && text[i] == '=' ? i : equals;
        continue;
      }
      if (start > from && text[start - 1] == ';' && equals > 0) {
        pass.scanExact(plain, start);
        parameter(pass, text, start, equals, i, false);
        plain = i;
      } else if (page && PathTokens.isToken(text, start, i, pass.mode())) {
        pass.scanExact(plain, start);
        pass.replace(ScrubRule.KNOWN_SECRET, start, i);
        plain = i;
      }
      start = i + 1;
      equals = -1;
    }
    pass.scanExact(plain, end);
  }

  private static boolean isDelimiter(char c, boolean fragment) {
    return c == '&' || c == '#' || (fragment && c == '?');
  }

  private static void parameter(
      ScrubPass pass, char[] text, int start, int equals, int end, boolean mayHavePosition) {
    if (equals < 0) {
      pass.scanExact(start, end);
      return;
    }
    int value = equals + 1;
    int to = mayHavePosition ? beforePosition(text, value, end) : end;
    if (value == to || isTag(text, value, to, ScrubRule.URL_VALUE)) {
      return;
    }
    if (to - value <= LONGEST_HARMLESS_VALUE && isHarmless(text, start, equals)) {
      pass.scanValue(value, to);
    } else {
      pass.replace(ScrubRule.URL_VALUE, value, to);
    }
  }

  private static boolean isHarmless(char[] text, int start, int equals) {
    int length = equals - start;
    return length <= LONGEST_HARMLESS_NAME && HARMLESS.contains(new String(text, start, length));
  }

  /** {@code app.js?t=1:10:5} in a stack trace: the line and column behind the value stay. */
  private static int beforePosition(char[] text, int value, int end) {
    int column = beforeNumber(text, value, end);
    int line = column < 0 ? -1 : beforeNumber(text, value, column);
    return line < 0 ? end : line;
  }

  private static int beforeNumber(char[] text, int from, int end) {
    int i = end;
    while (i > from && end - i < 7 && Chars.isAsciiDigit(text[i - 1])) {
      i--;
    }
    return i < end && i > from && text[i - 1] == ':' ? i - 1 : -1;
  }

  private static boolean isTag(char[] text, int from, int to, ScrubRule rule) {
    String tag = rule.tag();
    return to - from == tag.length() && Chars.matches(text, from, to, tag);
  }
}
