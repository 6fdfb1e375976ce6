package dev.retrospec.signatures.stacks;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The frames of V8, SpiderMonkey and JavaScriptCore, line by line, and their names. */
public final class JavaScriptFrames {

  /** A name of one or two letters is a minifier's, and another one in the next release. */
  private static final int MIN_NAME_LENGTH = 3;

  /** {@code at async Cart.total [as pay] (https://…/app.js:1:2)} and {@code at https://…}. */
  private static final Pattern V8 =
      Pattern.compile(
          "^\\s{0,20}at (?<async>async )?(?:(?<name>.{1,300}?) \\()?(?<place>[^()]{1,500}+)\\)?$");

  /** {@code async*Cart/total<@https://…/app.js:1:2}, in Safari without the signs. */
  private static final Pattern AT_SIGN =
      Pattern.compile("^(?<async>async\\*)?(?<name>[^@]{0,300}+)@(?<place>.{1,500})$");

  private static final Pattern POSITION = Pattern.compile("(?::\\d{1,9}){1,2}$");

  /**
   * The hash that bundlers put into a file's name: {@code app-B3xK9_dQ.js}, {@code
   * app.3f2a9c1b.js}.
   */
  private static final Pattern NAME_HASH = Pattern.compile("[-._]([A-Za-z0-9_]{6,40})(?=\\.[a-z])");

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{7,}");

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
    String clean = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    Matcher frame = V8.matcher(clean);
    if (!frame.matches()) {
      frame = AT_SIGN.matcher(clean);
      if (!frame.matches()) {
        return null;
      }
    }
    return new Line(
        frame.group("async") != null, frame.group("name"), frame.group("place").strip());
  }

  /**
   * The last name in what the engine tells: {@code Cart.total [as pay]}, {@code Cart/total<};
   * {@code ?} for what has none.
   */
  public static String functionName(@Nullable String told) {
    if (told == null) {
      return Frame.NO_NAME;
    }
    String name = told;
    int alias = name.indexOf(" [as ");
    name = alias < 0 ? name : name.substring(0, alias);
    name = name.startsWith("new ") ? name.substring(4) : name;
    boolean nameless = name.endsWith("<") || name.endsWith("<anonymous>");
    int start = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1;
    name = name.substring(start).strip();
    boolean pseudo = name.endsWith(" code") || name.contains(" ");
    if (pseudo || name.length() < MIN_NAME_LENGTH || (nameless && isNested(told))) {
      return Frame.NO_NAME;
    }
    return name.endsWith("<") ? name.substring(0, name.length() - 1) : name;
  }

  /**
   * SpiderMonkey: {@code total<} is a function assigned to total, {@code total/<} one inside it.
   */
  private static boolean isNested(String told) {
    return told.endsWith("/<") || told.endsWith("<anonymous>");
  }

  /** A place without line and column. */
  public static String withoutPosition(String place) {
    return POSITION.matcher(place).replaceFirst("");
  }

  /** A place without query and without content hashes in the file's name. */
  public static String withoutHash(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    int name = plain.lastIndexOf('/') + 1;
    Matcher hash = NAME_HASH.matcher(plain);
    StringBuilder clean = new StringBuilder(plain.length());
    int copied = 0;
    for (int from = name; from < plain.length() && hash.find(from); from = hash.end()) {
      if (looksRandom(hash.group(1))) {
        clean.append(plain, copied, hash.start());
        copied = hash.end();
      }
    }
    return clean.append(plain, copied, plain.length()).toString();
  }

  /** Digits among letters, or capitals where no word has them; {@code HomePage} is a word. */
  private static boolean looksRandom(String part) {
    long digits = part.chars().filter(Character::isDigit).count();
    long letters = part.chars().filter(Character::isLetter).count();
    long innerCapitals = part.chars().skip(1).filter(Character::isUpperCase).count();
    return HEX.matcher(part.toLowerCase(Locale.ROOT)).matches()
        || digits == part.length()
        || (digits >= 2 && letters > 0)
        || (digits >= 1 && innerCapitals >= 1)
        || innerCapitals >= 2;
  }
}
