package dev.retrospec.signatures.stacks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The frames of V8, SpiderMonkey and JavaScriptCore, line by line, and their names. */
public final class JavaScriptFrames {

  /** A longer line is data. */
  private static final int MAX_LINE_LENGTH = 1_024;

  private static final int MAX_NAME_LENGTH = 300;

  private static final String V8 = "at ";
  private static final String V8_ASYNC = "async ";

  private static final Pattern POSITION = Pattern.compile("(?::\\d{1,9}){1,2}$");

  /** Safari before 2020: a function without a name leaves the bare address. */
  private static final Pattern BARE_ADDRESS =
      Pattern.compile("(?:https?|file|capacitor|ionic)://\\S{1,900}:\\d{1,9}(?::\\d{1,9})?");

  /** V8: {@code eval at load (https://shop.test/app.js:1:2), <anonymous>:3:4}. */
  private static final Pattern V8_EVAL = Pattern.compile("\\((?!eval at )([^()]{1,500})\\)");

  /** SpiderMonkey: {@code https://shop.test/app.js line 12 > eval:3:4}. */
  private static final Pattern SPIDERMONKEY_EVAL =
      Pattern.compile(" line \\d{1,9} > (?:eval|Function)(?: line \\d{1,9})?");

  private JavaScriptFrames() {}

  /**
   * A line of a stack, as the engine tells it.
   *
   * @param async whether it was called asynchronously, behind which the engines do not agree
   * @param name null when the engine tells none
   * @param place URL or path, with position
   */
  public record Line(boolean async, @Nullable String name, String place) {}

  /**
   * @return null when the line has the form of no frame
   */
  public static @Nullable Line line(String line) {
    if (line.length() > MAX_LINE_LENGTH) {
      return null;
    }
    String told = line.strip();
    if (told.startsWith(V8)) {
      return v8(told.substring(V8.length()));
    }
    int at = told.indexOf('@');
    if (at >= 0) {
      return at > MAX_NAME_LENGTH || at + 1 == told.length() ? null : atSign(told, at);
    }
    return BARE_ADDRESS.matcher(told).matches() ? new Line(false, null, told) : null;
  }

  /** {@code async Cart.total [as pay] (https://…/app.js:1:2)} and {@code https://…}. */
  private static @Nullable Line v8(String told) {
    boolean async = told.startsWith(V8_ASYNC);
    String rest = async ? told.substring(V8_ASYNC.length()) : told;
    int open = rest.endsWith(")") ? rest.indexOf(" (") : -1;
    if (open < 0) {
      return rest.isEmpty() ? null : new Line(async, null, place(rest));
    }
    String place = rest.substring(open + 2, rest.length() - 1);
    return place.isEmpty() || open > MAX_NAME_LENGTH
        ? null
        : new Line(async, rest.substring(0, open), place(place));
  }

  /**
   * {@code async*Cart/total<@https://…/app.js:1:2}; what stands before the star is how SpiderMonkey
   * came there: {@code promise callback*}, {@code setTimeout handler*}.
   */
  private static Line atSign(String told, int at) {
    int star = told.lastIndexOf('*', at);
    String name = told.substring(star + 1, at);
    return new Line(star >= 0, name, place(told.substring(at + 1).strip()));
  }

  /** Where the program that was evaluated came from: its own place says nothing. */
  private static String place(String told) {
    if (told.startsWith("eval at ")) {
      Matcher origin = V8_EVAL.matcher(told);
      return origin.find() ? origin.group(1) : told;
    }
    String place = told.startsWith("address at ") ? told.substring("address at ".length()) : told;
    return place.contains(" > ") ? SPIDERMONKEY_EVAL.matcher(place).replaceAll("") : place;
  }

  /** A place without line and column. */
  public static String withoutPosition(String place) {
    return POSITION.matcher(place).replaceFirst("");
  }
}
