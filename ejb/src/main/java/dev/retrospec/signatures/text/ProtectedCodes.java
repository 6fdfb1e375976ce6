package dev.retrospec.signatures.text;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The codes in a message that name an error by themselves: two failures that name different ones
 * are not the same, however alike their words (ReportPortal's analyzer protects statuses alike).
 */
public final class ProtectedCodes {

  /** More than a message can mean. */
  private static final int MAX_CODES = 8;

  private static final Pattern CODE =
      Pattern.compile(
          "(?i:\\bHTTP(?:/\\d(?:\\.\\d)?)? |\\bstatus(?: code)?(?: was| is)?[ :=]{1,3}|\\bresponse(?: code)?[ :=]{1,3})(?<http>[1-5]\\d{2})(?!\\d)"
              + "|(?<![\\d./])(?<reasoned>[45]\\d{2}) (?:Bad Request|Unauthorized|Forbidden|Not Found"
              + "|Conflict|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time)"
              + "|\\bSQLSTATE[ \\[=:(]{0,3}(?<sqlstate>[0-9A-Z]{5})(?![0-9A-Za-z])"
              + "|\\b(?<vendor>(?:ORA|TS|CS|AADSTS)-?\\d{4,6})(?!\\d)"
              + "|\\b(?<errno>E(?:NOENT|ACCES|PERM|CONNREFUSED|CONNRESET|CONNABORTED|TIMEDOUT|ADDRINUSE|ADDRNOTAVAIL"
              + "|PIPE|EXIST|ISDIR|NOTDIR|NOTEMPTY|MFILE|NFILE|NOSPC|NOMEM|HOSTUNREACH|NETUNREACH|AI_AGAIN|ROFS|XDEV|BUSY|LOOP))\\b"
              + "|\\b(?<err>ERR_[A-Z0-9_]{2,50}|DEPTH_ZERO_[A-Z_]{2,40}|CERT_[A-Z_]{2,40})\\b"
              + "|(?i:\\bexit(?:ed with)?(?: code| status|ed)?[ :=]{1,3})(?<exit>\\d{1,3})(?!\\d)"
              + "|\\berror\\[(?<rust>E\\d{4})]");

  private ProtectedCodes() {}

  /** As {@code http:404}, {@code errno:ENOENT}; at most 8, in one order. */
  public static Set<String> of(String text) {
    Set<String> codes = new TreeSet<>();
    Matcher found = CODE.matcher(text);
    while (codes.size() < MAX_CODES && found.find()) {
      codes.add(code(found));
    }
    return codes;
  }

  /** Whether one of them is the status of an answer: what failed is a request. */
  public static boolean tellAnswer(Set<String> codes) {
    return codes.stream().anyMatch(code -> code.startsWith("http:"));
  }

  private static String code(Matcher found) {
    if (found.group("http") != null) {
      return "http:" + found.group("http");
    }
    if (found.group("reasoned") != null) {
      return "http:" + found.group("reasoned");
    }
    for (String kind : new String[] {"sqlstate", "errno", "exit", "vendor", "err", "rust"}) {
      String code = found.group(kind);
      if (code != null) {
        return kind + ":" + code.toUpperCase(Locale.ROOT);
      }
    }
    throw new IllegalStateException("An alternative without a name");
  }
}
