package dev.retrospec.signatures.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what differs between two sightings of one failure: URLs, e-mails, times, addresses, ids,
 * hashes, numbers, in this order. What tells failures apart stays: HTTP statuses, error codes,
 * words.
 *
 * <p>One combined pattern whose first alternative wins, as in Sentry's parameterisation. Every
 * alternative is possessive or bounded and begins at a word's beginning only, so that the time is
 * linear in the text.
 */
public final class TextMask {

  /** Two failures that differ only behind this many characters are one. */
  public static final int MAX_LENGTH = 1_024;

  /** A shorter run of hexadecimal digits may be a word or a number. */
  private static final int HEX_ID_LENGTH = 7;

  /** Letters and digits mixed: nobody writes a word like that. */
  private static final int OPAQUE_LENGTH = 10;

  /** Shorter runs of digits are part of a name: {@code h1}, {@code oauth2}, {@code base64}. */
  private static final int DIGITS_IN_NAME = 2;

  /** A longer number behind "code" is an id. */
  private static final int MAX_CODE_DIGITS = 6;

  private static final String START = "(?<![\\p{L}\\p{N}_])";

  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?<url>(?<![A-Za-z0-9+.-])(?:[A-Za-z][A-Za-z0-9+.-]{1,15}+://|(?:data|blob):)"
              + "[^\\s\"'`<>()\\[\\]{}|,;]*+)"
              + "|(?<email>(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}.-]{1,255}+)"
              + "|(?<uuid>"
              + START
              + "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
              + "(?![\\p{L}\\p{N}_]))"
              + "|(?<time>"
              + START
              + "\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9}+)?)?"
              + "(?:Z|[+-]\\d{2}:?\\d{2})?)?+)"
              + "|(?<ip>"
              + START
              + "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?::\\d{1,5})?+(?![\\p{L}\\p{N}_]))"
              + "|(?<context>"
              + START
              + "(?:HTTP(?:/\\d(?:\\.\\d)?)?|status|code|error|errno|exit|SQLSTATE|DOMException|answered|responded|returned)"
              + "(?:[ _-]?(?:status|code|state|error|with))?[ :=#(\\[\"'-]{0,3}+)"
              + "(?<contextcode>[0-9A-Z]{1,8}+)(?![\\p{L}\\p{N}_@+%-]|[.:][\\p{L}\\p{N}])"
              + "|(?<number>"
              + START
              + "\\d++(?:[.,]\\d++)*+(?![\\p{L}\\p{N}_]))"
              + "|(?<word>[\\p{L}\\p{N}_]++(?:-[\\p{L}\\p{N}_]++)*+)"
              + "|(?<space>\\s++)"
              + "|(?<control>\\p{Cntrl})",
          Pattern.CASE_INSENSITIVE);

  /** Codes that name an error by themselves: ERR_NETWORK, ENOENT, E1001, ORA-00942, TS2345. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?:[A-Z][A-Z0-9]{0,9}_)?ERR(?:OR)?_[A-Z0-9_]{1,40}"
              + "|E[A-Z]{2,20}|E[-_]?[0-9]{1,6}|E_[A-Z0-9_]{1,40}"
              + "|(?:SQL|ORA|PG|TS|NG|AADSTS|ERR|HTTP)[-_]?[0-9]{2,6}");

  private static final Pattern PART = Pattern.compile("[_-]++|[^_-]++");

  /** {@code 8sK2jdA91}: what is no number with its unit. */
  private static final Pattern DIGITS_FIRST =
      Pattern.compile("(?=.{6})[0-9]++[A-Za-z]++[0-9][A-Za-z0-9]*");

  private static final Pattern STATUS = Pattern.compile("[45][0-9]{2}");
  private static final Pattern PLAIN_ERROR = Pattern.compile("error[^a-z#]*+");
  private static final Pattern TEXT_SPACE = Pattern.compile("\\s++");
  private static final Pattern SQLSTATE = Pattern.compile("[0-9A-Z]{5}");
  private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}");

  private static final Set<String> REASONS =
      Set.of("bad", "not", "internal", "service", "gateway", "unauthorized", "forbidden");

  private TextMask() {}

  /**
   * @param statusCounts whether a lone number from 400 to 599 is an HTTP status: in what is said of
   *     a request it is, elsewhere it may count items
   */
  public static String mask(String text, boolean statusCounts) {
    String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    Matcher matcher = VARIABLE.matcher(bounded);
    StringBuilder masked = new StringBuilder(bounded.length());
    int copied = 0;
    while (matcher.find()) {
      masked.append(bounded, copied, matcher.start());
      masked.append(replacement(matcher, bounded, statusCounts));
      copied = matcher.end();
    }
    return masked.append(bounded, copied, bounded.length()).toString().strip();
  }

  private static String replacement(Matcher found, String text, boolean statusCounts) {
    if (found.group("url") != null) {
      return url(found.group());
    }
    if (found.group("email") != null) {
      return "<email>";
    }
    if (found.group("uuid") != null) {
      return "<id>";
    }
    if (found.group("time") != null) {
      return "<time>";
    }
    if (found.group("ip") != null) {
      return "<ip>";
    }
    if (found.group("contextcode") != null) {
      return context(found, text, statusCounts);
    }
    if (found.group("space") != null) {
      return " ";
    }
    if (found.group("control") != null) {
      return "";
    }
    // "/orders/500" is an order, "500 Not Found" is a status wherever it stands.
    boolean mayBeStatus =
        statusCounts ? !follows(text, found.start(), "/.") : isReasoned(text, found.end());
    if (found.group("number") != null) {
      return mayBeStatus && STATUS.matcher(found.group()).matches() ? found.group() : "<n>";
    }
    return word(found.group(), mayBeStatus);
  }

  /** The place on the network goes, the path's shape stays: it tells one endpoint from another. */
  private static String url(String url) {
    int authority = url.indexOf("://");
    return authority < 0 ? "<url>" : "<url>" + RouteShape.ofPath(url, authority + 3);
  }

  private static String context(Matcher found, String text, boolean statusCounts) {
    String introduction = found.group("context");
    String code = found.group("contextcode");
    String lower = introduction.toLowerCase(Locale.ROOT);
    boolean isCode;
    if (lower.startsWith("sqlstate")) {
      isCode = SQLSTATE.matcher(code).matches();
    } else if (lower.startsWith("answered") || lower.startsWith("re")) {
      // "returned 17 rows" counts.
      isCode = STATUS.matcher(code).matches();
    } else if (PLAIN_ERROR.matcher(lower).matches()) {
      // "Error: 42 rows" is an error that speaks of rows; "Error 404" is a status.
      isCode = STATUS.matcher(code).matches() && !lower.contains(":");
    } else {
      isCode = code.length() <= MAX_CODE_DIGITS && isDigits(code);
    }
    return TEXT_SPACE.matcher(introduction).replaceAll(" ")
        + (isCode ? code : word(code, statusCounts && !follows(text, found.start(), "/.")));
  }

  private static boolean follows(String text, int position, String characters) {
    return position > 0 && characters.indexOf(text.charAt(position - 1)) >= 0;
  }

  /** "404 Not Found", "500 Internal Server Error". */
  private static boolean isReasoned(String text, int end) {
    int start = end;
    while (start < text.length() && start < end + 2 && !Character.isLetter(text.charAt(start))) {
      start++;
    }
    int stop = start;
    while (stop < text.length() && stop < start + 12 && Character.isLetter(text.charAt(stop))) {
      stop++;
    }
    return REASONS.contains(text.substring(start, stop).toLowerCase(Locale.ROOT));
  }

  /** A run of letters, digits, {@code _} and inner {@code -}: masked as a whole, or in parts. */
  static String word(String word, boolean mayBeStatus) {
    if (!hasDigit(word)) {
      return word;
    }
    if (CODE.matcher(word).matches()) {
      return word;
    }
    if (ULID.matcher(word).matches()) {
      return "<id>";
    }
    StringBuilder masked = new StringBuilder(word.length());
    Matcher part = PART.matcher(word);
    while (part.find()) {
      masked.append(part(part.group(), mayBeStatus));
    }
    return masked.toString();
  }

  private static String part(String part, boolean mayBeStatus) {
    int digits = digits(part);
    if (digits == 0) {
      return part;
    }
    if (digits == part.length()) {
      return mayBeStatus && STATUS.matcher(part).matches() ? part : "<n>";
    }
    if (isHex(part)
        || DIGITS_FIRST.matcher(part).matches()
        || (part.length() >= OPAQUE_LENGTH && digits >= 2)) {
      return "<id>";
    }
    return maskLongRuns(part);
  }

  private static String maskLongRuns(String part) {
    StringBuilder masked = new StringBuilder(part.length());
    for (int at = 0; at < part.length(); ) {
      int end = at;
      while (end < part.length() && Character.isDigit(part.charAt(end))) {
        end++;
      }
      // No name begins with a digit: "42ms".
      if (end - at > DIGITS_IN_NAME || (at == 0 && end > 0)) {
        masked.append("<n>");
      } else {
        masked.append(part, at, end);
      }
      at = end;
      while (at < part.length() && !Character.isDigit(part.charAt(at))) {
        masked.append(part.charAt(at++));
      }
    }
    return masked.toString();
  }

  private static boolean isHex(String part) {
    boolean prefixed = part.startsWith("0x") || part.startsWith("0X");
    if (!prefixed && part.length() < HEX_ID_LENGTH) {
      return false;
    }
    return part.chars().skip(prefixed ? 2 : 0).allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static boolean isDigits(String text) {
    return digits(text) == text.length();
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }

  private static int digits(String text) {
    return (int) text.chars().filter(Character::isDigit).count();
  }
}
