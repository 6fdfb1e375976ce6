package dev.retrospec.privacy;

import dev.retrospec.privacy.PlainValue.Form;
import java.util.Locale;
import java.util.Set;

/**
 * Finds values behind names that say that they are secret. Goes from separator to separator, looks
 * back a bounded way for the name, and forward to the value's end; what it has replaced it does not
 * look at again. For one text; not safe for use by several threads.
 */
final class NamedValues {

  private static final int MOST_BLANKS = 8;
  private static final int LONGEST_TYPE = 48;
  private static final int LONGEST_TAG = 200;
  private static final int MOST_KEPT = 512;

  /** How far {@code value:} may stand behind {@code name: password}. */
  private static final int PAIR = 200;

  /** How far a string's beginning is looked for. */
  private static final int LONGEST_LINE = 256;

  private static final int PART_HEADERS = 400;

  /** Headers whose value has blanks in it. */
  private static final Set<String> HEADERS =
      Set.of("cookie", "set-cookie", "authorization", "proxy-authorization");

  private static final Set<String> PARSERS_WORDS =
      Set.of(
          "unexpected", "expected", "illegal", "unknown", "next", "current", "last", "bad", "this");

  private final String text;
  private final Replacement clean;
  private int pairUntil = -1;

  NamedValues(String text) {
    this.text = text;
    this.clean = new Replacement(text);
  }

  /** The same instance when nothing was found. */
  String redact() {
    int i = 0;
    while (i < text.length()) {
      i =
          switch (text.charAt(i)) {
            case '=', ':' -> behindSeparator(i);
            case '<' -> element(i);
            case '-' -> option(i);
            default -> i + 1;
          };
    }
    return clean.result();
  }

  private char at(int i) {
    return i < text.length() ? text.charAt(i) : '\n';
  }

  private int behindSeparator(int separator) {
    FieldName name = FieldName.before(text, separator);
    if (name == null) {
      return separator + 1;
    }
    boolean colon = at(separator) == ':';
    int from = separator + 1;
    while (at(from) == '=' || at(from) == '>') { // ==, =>, :=
      from++;
    }
    boolean compares =
        from > separator + 2 || (from == separator + 2 && at(separator + 1) == '=' && !colon);
    int value = afterBlanks(from);
    if (!isSecret(name)) {
      return pair(name, value, from);
    }
    if (colon && at(from) == ':') {
      return from + 1;
    }
    int start = afterLiteralPrefix(value);
    int quote = quoteLength(start);
    boolean code = name.quote().isEmpty() && !colon && value > from;
    if (quote > 0) {
      boolean skipped =
          closesOuter(name, start, quote) || (code && isParsersWord(name, start + quote));
      return skipped ? start + quote : quoted(name.name(), start, quote);
    }
    if (at(value) == '[' && !code) {
      return array(value + 1);
    }
    if (compares || at(from - 1) == '>') {
      return from;
    }
    if (!name.quote().isEmpty() && isBareLiteral(value)) {
      int end = endOfWord(value);
      clean.put(value, end, name.quote() + SecretText.TAG + name.quote());
      return end;
    }
    if (colon && HEADERS.contains(name.name().toLowerCase(Locale.ROOT))) {
      return header(name, value);
    }
    int typed = colon ? afterType(value) : -1;
    if (typed >= 0) {
      return quoted(name.name(), typed, quoteLength(typed));
    }
    boolean spaced = value > from || FieldName.isBlank(at(separator - 1));
    Form form =
        colon ? (spaced ? Form.COLON : Form.TIGHT_COLON) : spaced ? Form.SPACED : Form.TIGHT;
    return unquoted(name, value, form);
  }

  private boolean isSecret(FieldName name) {
    boolean ofPair =
        name.start() < pairUntil && name.name().toLowerCase(Locale.ROOT).endsWith("value");
    if (ofPair) {
      pairUntil = -1;
      return true;
    }
    if (!SecretNames.isSecretInText(name.name())) {
      return false;
    }
    return !name.name().equals("token") || !PARSERS_WORDS.contains(wordBefore(name.start()));
  }

  /** {@code "?token=" + token}: the quote ends a string in which the name stands. */
  private boolean closesOuter(FieldName name, int start, int quote) {
    if (name.quote().length() > quote) {
      return true;
    }
    if (" \t)];,+.\n".indexOf(at(start + quote)) < 0) {
      return false;
    }
    char mark = text.charAt(start + quote - 1);
    boolean inside = false;
    int floor = Math.max(0, name.start() - LONGEST_LINE);
    for (int i = name.start() - 1; i >= floor && text.charAt(i) != '\n'; i--) {
      inside ^= text.charAt(i) == mark;
    }
    return inside;
  }

  private boolean isParsersWord(FieldName name, int from) {
    int end = from;
    while (end - from < 16 && !FieldName.isQuote(at(end))) {
      end++;
    }
    return PlainValue.isParsersWord(
        name.name(), text.substring(from, Math.min(end, text.length())));
  }

  private String wordBefore(int start) {
    int end = start;
    while (end > 0 && FieldName.isBlank(text.charAt(end - 1)) && start - end < 2) {
      end--;
    }
    int from = end;
    while (from > 0 && end - from < 12 && Chars.isAsciiLetter(text.charAt(from - 1))) {
      from--;
    }
    return text.substring(from, end).toLowerCase(Locale.ROOT);
  }

  /** {@code name: password} of which the value stands behind {@code value:} or is a form's part. */
  private int pair(FieldName name, int value, int otherwise) {
    String key = name.name().toLowerCase(Locale.ROOT);
    if (!key.equals("name") && !key.equals("key") && !key.equals("id")) {
      return otherwise;
    }
    int quote = quoteLength(value);
    int from = value + quote;
    int end = from;
    while (end - from < 64 && (FieldName.isInName(at(end)) || at(end) == '[' || at(end) == ']')) {
      end++;
    }
    String secret = text.substring(Math.min(from, text.length()), Math.min(end, text.length()));
    FieldName last = secret.isEmpty() ? null : FieldName.before(secret, secret.length());
    if (last == null || !SecretNames.isSecretInText(last.name())) {
      return otherwise;
    }
    pairUntil = end + PAIR;
    return text.regionMatches(true, name.start() - 11, "form-data; ", 0, 11) ? part(end) : end;
  }

  /** The body of a part of {@code multipart/form-data} (RFC 7578), also with escaped line ends. */
  private int part(int from) {
    int limit = Math.min(text.length(), from + PART_HEADERS);
    for (String line : new String[] {"\r\n", "\n", "\\r\\n", "\\n"}) {
      int body = indexOf(line + line, from, limit);
      if (body >= 0) {
        int start = body + 2 * line.length();
        int boundary = text.indexOf(line + "--", start);
        int end = boundary < 0 ? text.length() : boundary;
        if (end > start && !text.startsWith(SecretText.TAG, start)) {
          clean.put(start, end, SecretText.TAG);
        }
        pairUntil = -1;
        return end;
      }
    }
    return from;
  }

  private int indexOf(String wanted, int from, int limit) {
    int found = text.substring(from, limit).indexOf(wanted);
    return found < 0 ? -1 : from + found;
  }

  private int afterBlanks(int from) {
    int i = from;
    while (i - from < MOST_BLANKS && FieldName.isBlank(at(i))) {
      i++;
    }
    return i;
  }

  /** {@code f"…"}, {@code rb'…'} of Python, {@code @"…"} of C#. */
  private int afterLiteralPrefix(int value) {
    int i = value;
    while (i < value + 2 && "fFrRbBuU@$".indexOf(at(i)) >= 0) {
      i++;
    }
    return i > value && quoteLength(i) == 1 ? i : value;
  }

  /** Of backslashes and a quote; 0 when there is none. */
  private int quoteLength(int from) {
    int i = from;
    while (i - from < 7 && at(i) == '\\') {
      i++;
    }
    return FieldName.isQuote(at(i)) ? i - from + 1 : 0;
  }

  private int quoted(String name, int start, int quote) {
    int from = start + quote;
    int end = closing(from, text.charAt(from - 1), quote - 1);
    if (end > from
        && (end - from > MOST_KEPT
            || !PlainValue.isHarmlessQuoted(name, text.substring(from, end)))) {
      clean.put(from, end, SecretText.TAG);
    }
    return Math.max(end, from);
  }

  /**
   * Where the quoted value ends: at the same quote with the escapes of its own level (a string
   * within a string within a string), of an outer one, or with the line.
   */
  private int closing(int from, char mark, int backslashes) {
    int level = 32 - Integer.numberOfLeadingZeros(backslashes); // 0, 1, 3, 7 backslashes
    int run = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        run++;
        continue;
      }
      if (c == mark && closes(run, level)) {
        return i - run + keptBackslashes(run, level);
      }
      if (c == '\n' || c == '\r') {
        return i;
      }
      run = 0;
    }
    return text.length();
  }

  private static boolean closes(int backslashes, int level) {
    int left = backslashes;
    for (int i = level; i > 0; i--) {
      if (left % 2 == 0) {
        return true;
      }
      left = (left - 1) / 2;
    }
    return left % 2 == 0;
  }

  /** Those that belong to the value, not to the quote. */
  private static int keptBackslashes(int run, int level) {
    int own = (1 << level) - 1;
    return run >= own ? run - own : 0;
  }

  /** Strings, numbers and words of an array, each for itself, as far as there is nothing else. */
  private int array(int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      int quote = quoteLength(i);
      if (quote > 0) {
        int end = quoted("", i, quote);
        i = end + Math.max(quoteLength(end), at(end) == '\n' ? 0 : 1);
      } else if (c == ',' || c <= ' ' || ((c == '+' || c == '-') && text.charAt(i - 1) == '\n')) {
        i++;
      } else if (isBareLiteral(i)) {
        int end = endOfWord(i);
        clean.put(i, end, "\"" + SecretText.TAG + "\"");
        i = end;
      } else {
        return i;
      }
    }
    return i;
  }

  /** A number or a boolean and nothing more. */
  private boolean isBareLiteral(int from) {
    int end = endOfWord(from);
    if (end == from || end - from > 64 || ",}]\\ \t\r\n".indexOf(at(end)) < 0) {
      return false;
    }
    String word = text.substring(from, end);
    return word.equals("true") || word.equals("false") || word.matches("-?\\d[\\d.eE+-]*");
  }

  private int endOfWord(int from) {
    int i = from;
    while (Chars.isWord(at(i)) || at(i) == '.' || at(i) == '-' || at(i) == '+') {
      i++;
    }
    return i;
  }

  /** {@code password: string = "…"}: where the quote begins, or -1. */
  private int afterType(int value) {
    int i = value;
    while (i - value < LONGEST_TYPE && (Chars.isWord(at(i)) || "&<>[]?.| ".indexOf(at(i)) >= 0)) {
      i++;
    }
    if (i == value || at(i) != '=' || at(i + 1) == '=' || at(i + 1) == '>') {
      return -1;
    }
    int quote = afterBlanks(i + 1);
    return quoteLength(quote) > 0 ? quote : -1;
  }

  /** To the end of the line, because its value has blanks and equals signs in it. */
  private int header(FieldName name, int from) {
    int end = from;
    while (at(end) != '\n' && at(end) != '\r' && !FieldName.isQuote(at(end)) && !isEscape(end)) {
      end++;
    }
    String value = text.substring(from, Math.min(end, from + MOST_KEPT));
    boolean isCookie = name.name().toLowerCase(Locale.ROOT).endsWith("cookie");
    boolean looksLikeIt =
        isCookie
            ? value.matches("(?s)[\\w.!#$%&*+^|~-]++=(?![=>]).*")
            : value.matches(
                "(?is)(?:bearer|basic|token|digest|negotiate|aws4-[\\w-]+|apikey) \\S.*");
    if (!looksLikeIt) {
      return unquoted(name, from, Form.COLON);
    }
    if (!PlainValue.isHarmlessQuoted(name.name(), value)) {
      clean.put(from, end, SecretText.TAG);
    }
    return end;
  }

  private boolean isEscape(int i) {
    return at(i) == '\\' && "nrt\\\"'".indexOf(at(i + 1)) >= 0;
  }

  private int unquoted(FieldName name, int from, Form form) {
    if ("[{<(|>".indexOf(at(from)) >= 0) {
      return from; // code, a tag or a block of YAML
    }
    boolean leads = name.beginsLine(text);
    boolean parameter = name.start() > 0 && "?&".indexOf(text.charAt(name.start() - 1)) >= 0;
    int end = from;
    while (!isValueEnd(end, leads || parameter)) {
      end++;
    }
    int trimmed = parameter ? beforePosition(from, end) : end;
    while (trimmed > from && ",)]}.:".indexOf(text.charAt(trimmed - 1)) >= 0) {
      trimmed--;
    }
    String value = text.substring(from, trimmed);
    boolean ends = trimmed == end && endsLine(end);
    if (PlainValue.isSecret(name.name(), value, form, leads, ends, at(end) == ';')) {
      clean.put(from, trimmed, SecretText.TAG);
      return end;
    }
    return value.length() > MOST_KEPT ? end : from;
  }

  /**
   * @param whole whether commas and brackets may be the value's own: it has its line, or its
   *     parameter, for itself
   */
  private boolean isValueEnd(int i, boolean whole) {
    char c = at(i);
    if (",)]}".indexOf(c) >= 0) {
      return !whole || at(i + 1) <= ' ' || ",;)]}".indexOf(at(i + 1)) >= 0;
    }
    return c <= ' ' || FieldName.isQuote(c) || "&<>;".indexOf(c) >= 0 || isEscape(i);
  }

  /** {@code app.js?token=1:10:5} in a stack: the line and column stay. */
  private int beforePosition(int from, int end) {
    int column = beforeNumber(from, end);
    return column == end ? end : beforeNumber(from, column);
  }

  private int beforeNumber(int from, int end) {
    int i = end;
    while (i > from && end - i < 7 && Chars.isAsciiDigit(text.charAt(i - 1))) {
      i--;
    }
    return i < end && i > from + 1 && text.charAt(i - 1) == ':' ? i - 1 : end;
  }

  private boolean endsLine(int from) {
    int i = afterBlanks(from);
    return at(i) == '\n' || at(i) == '\r' || (at(i) == '#' && i > from);
  }

  /** {@code <password>…</password>}. */
  private int element(int open) {
    int i = open + 1;
    while (i - open <= 64 && FieldName.isInName(at(i))) {
      i++;
    }
    if (i == open + 1 || !SecretNames.isSecretInText(text.substring(open + 1, i))) {
      return open + 1;
    }
    String name = text.substring(open + 1, i);
    while (i - open < LONGEST_TAG && at(i) != '>' && at(i) != '<') {
      i++;
    }
    if (at(i) != '>') {
      return open + 1;
    }
    int from = i + 1;
    int end = text.indexOf('<', from);
    if (end <= from || !text.startsWith("/" + name + ">", end + 1)) {
      return open + 1;
    }
    String value = text.substring(from, end);
    if (value.length() > MOST_KEPT
        || !(PlainValue.isHarmlessQuoted(name, value) || value.startsWith("{"))) {
      clean.put(from, end, SecretText.TAG);
    }
    return end;
  }

  /** {@code --password hunter2}. */
  private int option(int dash) {
    if (at(dash + 1) != '-' || (dash > 0 && FieldName.isInName(text.charAt(dash - 1)))) {
      return dash + 1;
    }
    int i = dash + 2;
    while (i - dash <= 64 && FieldName.isInName(at(i))) {
      i++;
    }
    int value = afterBlanks(i);
    if (value == i
        || at(value) == '-'
        || !SecretNames.isSecretInText(text.substring(dash + 2, i))) {
      return Math.min(i, text.length());
    }
    FieldName name = new FieldName(text.substring(dash + 2, i), "", dash);
    int quote = quoteLength(value);
    return quote > 0 ? quoted(name.name(), value, quote) : unquoted(name, value, Form.TIGHT);
  }
}
