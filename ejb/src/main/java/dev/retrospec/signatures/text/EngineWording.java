package dev.retrospec.signatures.text;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Each JavaScript engine has its own words for the same mistake. This gives the common ones one
 * wording, so that a failure seen in Chrome, Firefox and Safari is one failure. The wordings are
 * those of V8, SpiderMonkey and JavaScriptCore as of 2025.
 */
public final class EngineWording {

  /** A name, a property path, a call in it: bounded, because hostile text has no end. */
  private static final String PATH = "[^\\s\"'`]{1,200}?";

  private record Wording(Pattern pattern, Function<MatchResult, String> neutral) {

    static Wording of(String pattern, Function<MatchResult, String> neutral) {
      return new Wording(Pattern.compile(pattern), neutral);
    }
  }

  private static final Pattern UNCAUGHT =
      Pattern.compile("^(?:Uncaught (?:\\(in promise\\) )?|Unhandled Promise Rejection: )");

  private static final Wording[] WORDINGS = {
    // V8: Cannot read properties of undefined (reading 'total') · before 2021: Cannot read property
    Wording.of(
        "Cannot (read|set) propert(?:y|ies)(?: '([^']{1,200})')? of (?:undefined|null)"
            + "(?: \\((?:reading|setting) '([^']{1,200})'\\))?",
        m -> nothing(m.group(2) != null ? m.group(2) : m.group(3))),
    // SpiderMonkey: can't access property "total", cart is undefined
    Wording.of(
        "can't access property (?:\"([^\"]{1,200})\"|(\\w{1,200})), .{1,200}? is (?:undefined|null)",
        m -> nothing(m.group(1) != null ? m.group(1) : m.group(2))),
    // JavaScriptCore: undefined is not an object (evaluating 'cart.total')
    Wording.of(
        "(?:undefined|null) is not an object \\(evaluating '([^']{1,200})'\\)",
        m -> nothing(last(m.group(1)))),
    // all three; JavaScriptCore adds (In 'cart.pay()', 'cart.pay' is undefined)
    Wording.of(
        "("
            + PATH
            + ") is not a function(?:\\. \\(In '[^']{1,200}', '[^']{1,200}' is [^)]{1,80}\\))?",
        m -> last(m.group(1)) + " is not a function"),
    // V8, SpiderMonkey · JavaScriptCore
    Wording.of("Can't find variable: ([\\w$]{1,200})", m -> m.group(1) + " is not defined"),
    // V8 · SpiderMonkey · JavaScriptCore
    Wording.of(
        "Maximum call stack size exceeded\\.?|too much recursion", m -> "too much recursion"),
    Wording.of(
        "Failed to fetch|NetworkError when attempting to fetch resource\\.?|^(TypeError: )?Load failed$",
        m -> (m.group(1) == null ? "" : m.group(1)) + "fetch failed"),
    Wording.of("InternalError: too much recursion", m -> "RangeError: too much recursion"),
  };

  private EngineWording() {}

  /** The text with the neutral wordings in it; at most {@link TextMask#MAX_LENGTH} characters. */
  public static String neutral(String message) {
    String text =
        message.length() > TextMask.MAX_LENGTH
            ? message.substring(0, TextMask.MAX_LENGTH)
            : message;
    text = UNCAUGHT.matcher(text).replaceFirst("");
    for (Wording wording : WORDINGS) {
      text =
          wording
              .pattern()
              .matcher(text)
              .replaceAll(
                  found ->
                      java.util.regex.Matcher.quoteReplacement(wording.neutral().apply(found)));
    }
    return text;
  }

  private static String nothing(@org.jspecify.annotations.Nullable String property) {
    return "no object to take " + (property == null ? "a property" : property) + " of";
  }

  /** {@code cart.items[0].total} → {@code total}: engines differ in how much of it they tell. */
  private static String last(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? path : path.substring(dot + 1);
  }
}
