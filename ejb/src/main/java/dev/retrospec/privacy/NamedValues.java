package dev.retrospec.privacy;

import dev.retrospec.privacy.PlainValue.Form;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds values behind names that say that they are secret. Goes from separator to separator, looks
 * back a bounded way for the name, and forward to the value's end; what it has replaced it does not
 * look at again. For one text; not safe for use by several threads.
 */
final class NamedValues {

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

  /** How the value of a cookie header begins. */
  private static final Pattern COOKIE = Pattern.compile("[\\w.!#$%&*+^|~-]++=(?![=>])");

  /** How that of an authorization header does. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(?:bearer|basic|token|digest|negotiate|aws4-[\\w-]+|apikey) \\S");

  private static final Set<String> PARSERS_WORDS =
      Set.of(
          "unexpected", "expected", "illegal", "unknown", "next", "current", "last", "bad", "this");

  private final String text;
  private final ValueBounds values;
  private final Replacement clean;
  private int pairUntil = -1;

  NamedValues(String text) {
    this.text = text;
    this.values = new ValueBounds(text);
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

  private int behindSeparator(int separator) {
    FieldName name = FieldName.before(text, separator);
    if (name == null) {
      return separator + 1;
    }
    boolean colon = values.at(separator) == ':';
    int from = separator + 1;
    while (values.at(from) == '=' || values.at(from) == '>') { // ==, =>, :=
      from++;
    }
    boolean compares =
        from > separator + 2
            || (from == separator + 2 && values.at(separator + 1) == '=' && !colon);
    int value = values.afterBlanks(from);
    if (!isSecret(name)) {
      return pair(name, value, from);
    }
    if (colon && values.at(from) == ':') {
      return from + 1;
    }
    int start = values.afterLiteralPrefix(value);
    int quote = values.quoteLength(start);
    boolean code = name.quote().isEmpty() && !colon && value > from;
    if (quote > 0) {
      boolean skipped =
          closesOuter(name, start, quote) || (code && isParsersWord(name, start + quote));
      return skipped ? start + quote : quoted(name.name(), start, quote);
    }
    if (values.at(value) == '[' && !code) {
      return array(value + 1);
    }
    if (compares || values.at(from - 1) == '>') {
      return from;
    }
    if (!name.quote().isEmpty() && values.isBareLiteral(value)) {
      int end = values.endOfWord(value);
      clean.put(value, end, name.quote() + SecretText.TAG + name.quote());
      return end;
    }
    if (colon && HEADERS.contains(name.name().toLowerCase(Locale.ROOT))) {
      return header(name, value);
    }
    int typed = colon ? values.afterType(value) : -1;
    if (typed >= 0) {
      return quoted(name.name(), typed, values.quoteLength(typed));
    }
    boolean spaced = value > from || FieldName.isBlank(values.at(separator - 1));
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
    if (" \t)];,+.\n".indexOf(values.at(start + quote)) < 0) {
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
    while (end - from < 16 && !FieldName.isQuote(values.at(end))) {
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
    int quote = values.quoteLength(value);
    int from = value + quote;
    int end = from;
    while (end - from < 64
        && (FieldName.isInName(values.at(end)) || values.at(end) == '[' || values.at(end) == ']')) {
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

  private int quoted(String name, int start, int quote) {
    int from = start + quote;
    int end = values.closing(from, text.charAt(from - 1), quote - 1);
    if (end > from
        && (end - from > MOST_KEPT
            || !PlainValue.isHarmlessQuoted(name, text.substring(from, end)))) {
      clean.put(from, end, SecretText.TAG);
    }
    return Math.max(end, from);
  }

  /** Strings, numbers and words of an array, each for itself, as far as there is nothing else. */
  private int array(int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      int quote = values.quoteLength(i);
      if (quote > 0) {
        int end = quoted("", i, quote);
        i = end + Math.max(values.quoteLength(end), values.at(end) == '\n' ? 0 : 1);
      } else if (c == ',' || c <= ' ' || ((c == '+' || c == '-') && text.charAt(i - 1) == '\n')) {
        i++;
      } else if (values.isBareLiteral(i)) {
        int end = values.endOfWord(i);
        clean.put(i, end, "\"" + SecretText.TAG + "\"");
        i = end;
      } else {
        return i;
      }
    }
    return i;
  }

  /** To the end of the line, because its value has blanks and equals signs in it. */
  private int header(FieldName name, int from) {
    // Not at once to the line's end: on one line any number of names may begin what is no header.
    int near = endOfHeader(from, from + MOST_KEPT);
    String value = text.substring(from, near);
    boolean isCookie = name.name().toLowerCase(Locale.ROOT).endsWith("cookie");
    if (!(isCookie ? COOKIE : CREDENTIALS).matcher(value).lookingAt()) {
      return unquoted(name, from, Form.COLON);
    }
    int end = endOfHeader(near, text.length());
    if (!PlainValue.isHarmlessQuoted(name.name(), value)) {
      clean.put(from, end, SecretText.TAG);
    }
    return end;
  }

  private int endOfHeader(int from, int atMost) {
    int end = from;
    while (end < atMost
        && values.at(end) != '\n'
        && values.at(end) != '\r'
        && !FieldName.isQuote(values.at(end))
        && !values.isEscape(end)) {
      end++;
    }
    return Math.min(end, text.length());
  }

  private int unquoted(FieldName name, int from, Form form) {
    if ("[{<(|>".indexOf(values.at(from)) >= 0) {
      return from; // code, a tag or a block of YAML
    }
    boolean leads = name.beginsLine(text);
    boolean parameter = name.start() > 0 && "?&".indexOf(text.charAt(name.start() - 1)) >= 0;
    int end = from;
    while (!values.isValueEnd(end, leads || parameter)) {
      end++;
    }
    int trimmed = parameter ? values.beforePosition(from, end) : end;
    while (trimmed > from && ",)]}.:".indexOf(text.charAt(trimmed - 1)) >= 0) {
      trimmed--;
    }
    String value = text.substring(from, trimmed);
    boolean ends = trimmed == end && values.endsLine(end);
    if (PlainValue.isSecret(name.name(), value, form, leads, ends, values.at(end) == ';')) {
      clean.put(from, trimmed, SecretText.TAG);
      return end;
    }
    return value.length() > MOST_KEPT ? end : from;
  }

  /** {@code <password>…</password>}. */
  private int element(int open) {
    int i = open + 1;
    while (i - open <= 64 && FieldName.isInName(values.at(i))) {
      i++;
    }
    if (i == open + 1 || !SecretNames.isSecretInText(text.substring(open + 1, i))) {
      return open + 1;
    }
    String name = text.substring(open + 1, i);
    while (i - open < LONGEST_TAG && values.at(i) != '>' && values.at(i) != '<') {
      i++;
    }
    if (values.at(i) != '>') {
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
    if (values.at(dash + 1) != '-' || (dash > 0 && FieldName.isInName(text.charAt(dash - 1)))) {
      return dash + 1;
    }
    int i = dash + 2;
    while (i - dash <= 64 && FieldName.isInName(values.at(i))) {
      i++;
    }
    int value = values.afterBlanks(i);
    if (value == i
        || values.at(value) == '-'
        || !SecretNames.isSecretInText(text.substring(dash + 2, i))) {
      return Math.min(i, text.length());
    }
    FieldName name = new FieldName(text.substring(dash + 2, i), "", dash);
    int quote = values.quoteLength(value);
    return quote > 0 ? quoted(name.name(), value, quote) : unquoted(name, value, Form.TIGHT);
  }
}
