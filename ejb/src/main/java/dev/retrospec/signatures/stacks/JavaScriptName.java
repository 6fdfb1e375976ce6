package dev.retrospec.signatures.stacks;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a function, reduced to what all engines tell of it and what the next build tells
 * again. Names that a minifier makes are no names.
 */
public final class JavaScriptName {

  /** A name of one or two letters is a minifier's, and another one in the next release. */
  private static final int MIN_LENGTH = 3;

  /** Where two letters do not suffice, minifiers take three: {@code aB3}, {@code $tn}. */
  private static final Pattern MINIFIED = Pattern.compile("(?=.{0,2}[$_0-9]|.{1,2}[A-Z]).{3}");

  /** Whole programs, and functions that the engine names itself. */
  private static final Set<String> PSEUDO =
      Set.of("anonymous", "eval", "onmessage code", "Anonymous function", "unknown");

  /** Numbers that compilers and bundlers add: {@code _callee2$}, {@code _loop_1}, {@code pay$1}. */
  private static final Pattern NUMBERED = Pattern.compile("_(?:callee|loop)_?\\d*\\$?|\\d+");

  private static final Pattern NUMBER_ADDED = Pattern.compile("\\$\\d{1,3}$");

  private static final Pattern ACCESSOR =
      Pattern.compile("^(?:new|get|set|static|async|bound) (?=\\S)");

  private JavaScriptName() {}

  /**
   * The last name in what the engine tells: {@code Cart.total [as pay]}, {@code Cart/total<};
   * {@code ?} for what has none.
   */
  public static String of(@Nullable String told) {
    if (told == null || told.contains("./")) {
      // A module of webpack's: its name is its path.
      return Frame.NO_NAME;
    }
    int alias = told.indexOf(" [as ");
    String whole = alias < 0 ? told : told.substring(0, alias);
    boolean nested = whole.endsWith("/<") || whole.endsWith(">");
    int start = Math.max(whole.lastIndexOf('.'), whole.lastIndexOf('/')) + 1;
    String name = ACCESSOR.matcher(whole.substring(start).strip()).replaceFirst("");
    name = name.endsWith("<") ? name.substring(0, name.length() - 1) : name;
    name = NUMBER_ADDED.matcher(name.startsWith("#") ? name.substring(1) : name).replaceFirst("");
    boolean says =
        !nested
            && !name.endsWith(" code")
            && !name.contains(" ")
            && name.length() >= MIN_LENGTH
            && !PSEUDO.contains(name)
            && !MINIFIED.matcher(name).matches()
            && !NUMBERED.matcher(name).matches();
    return says ? name : Frame.NO_NAME;
  }
}
