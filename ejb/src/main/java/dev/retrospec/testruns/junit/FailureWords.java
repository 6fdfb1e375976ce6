package dev.retrospec.testruns.junit;

import dev.retrospec.testruns.TestResult.Failure;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds type, message and stack in what a {@code failure} element says; each tool has its own way.
 */
final class FailureWords {

  /** Attribute values by which tools say that they have nothing to say. */
  private static final Set<String> EMPTY_TYPES =
      Set.of("failure", "error", "failed", "fail", "testcodefailure");

  /** Where node:test, whose every type is {@code testCodeFailure}, names the error. */
  private static final Pattern NODES_CAUSE =
      Pattern.compile("(?m)^ {1,8}cause: ([\\w$.]{1,120})(?: \\[\\w{1,80}\\])?: ");

  private static final Set<String> EMPTY_MESSAGES = Set.of("failed", "failure", "error", "fail");

  /** {@code example.spec.ts:8:5 title}: where Playwright's test stands, not what went wrong. */
  private static final Pattern PLACE =
      Pattern.compile("^\\S{1,300}\\.[cm]?[jt]sx?:\\d{1,7}:\\d{1,7} ");

  /** The first line that names an error; jest and Playwright have headings before it. */
  private static final Pattern ERROR_LINE =
      Pattern.compile(
          "(?m)^[ \\t]*+((?:E {3})?[\\w.$]{0,120}(?:Error|Exception|Failure)\\b[^\\n]*)$");

  /**
   * Where a stack begins. Blanks, not {@code \\s}: that would read all blank lines from each one.
   */
  private static final Pattern FRAME =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:at [\\w$.<\\[(/]|File \"|goroutine \\d|\\.\\.\\. \\d+ more)");

  private static final Pattern CODE_FRAME = Pattern.compile("(?m)^[ \\t]*+>?[ \\t]*+\\d++ \\|");

  private FailureWords() {}

  static Failure of(@Nullable String type, @Nullable String message, String text) {
    String stack = Ansi.stripped(text).strip();
    String said = message == null ? "" : Ansi.stripped(message).strip();
    if (said.isEmpty()
        || EMPTY_MESSAGES.contains(said.toLowerCase(Locale.ROOT))
        || PLACE.matcher(said).find()) {
      String found = ofText(stack);
      said = found.isEmpty() ? said : found;
    }
    return new Failure(
        typeOf(type, stack),
        cut(said.isEmpty() ? "no message" : said, JUnitReader.MAX_MESSAGE),
        stack.isEmpty() ? null : ends(stack, JUnitReader.MAX_STACK));
  }

  private static @Nullable String typeOf(@Nullable String type, String text) {
    String said = type == null ? "" : type.strip();
    if (!said.isEmpty() && !EMPTY_TYPES.contains(said.toLowerCase(Locale.ROOT))) {
      return cut(said, JUnitReader.MAX_NAME);
    }
    Matcher cause = NODES_CAUSE.matcher(text);
    return said.equals("testCodeFailure") && cause.find() ? cause.group(1) : null;
  }

  /** From the first line that names an error, else from the first line, up to the stack. */
  private static String ofText(String text) {
    Matcher error = ERROR_LINE.matcher(text);
    String rest = error.find() ? text.substring(error.start(1)) : text;
    int end = rest.length();
    for (Pattern after : new Pattern[] {FRAME, CODE_FRAME}) {
      Matcher found = after.matcher(rest);
      if (found.find() && found.start() > 0) {
        end = Math.min(end, found.start());
      }
    }
    return rest.substring(0, end).strip();
  }

  private static String ends(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    BoundedText both = BoundedText.ends(limit);
    both.add(text.toCharArray(), 0, text.length());
    return both.toString();
  }

  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end);
  }
}
