package dev.retrospec.signatures.stacks;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script's path without what another build, another release or another browser writes there:
 * hashes in the names of files and folders, versions, what marks a bundle as small or old.
 */
final class JavaScriptFile {

  /** Stands for a folder or a name that is nothing but a hash. */
  private static final String ANY = "*";

  /**
   * The hash that bundlers put into a file's name: {@code app-B3xK9_dQ.js}, {@code
   * app.3f2a9c1b.js}.
   */
  private static final Pattern NAME_HASH =
      Pattern.compile("(?<=[-._~])([A-Za-z0-9_]{6,64})(?=\\.[a-z])");

  /** Rollup's hash may have hyphens in it: {@code index-B-x_9dQa.js}. */
  private static final Pattern HYPHENED_HASH =
      Pattern.compile("(?<=[^-]-)[A-Za-z0-9_-]{8}(?=\\.[cm]?js$)");

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{7,64}");

  /** {@code ProductDetail2}: what people write. */
  private static final Pattern WORDS =
      Pattern.compile("(?:[A-Z][a-z]{2,20}|[a-z]{3,20})(?:[A-Z][a-z]{2,20}){0,6}\\d{0,4}");

  private static final Pattern VERSION =
      Pattern.compile(
          "[vV]?\\d+(?:[._-]\\d+)*(?:[-+][\\w.]+)?|(?:version|build|release|rev)[-_]?\\d.*");

  /** Next.js: what follows is the build's id, whatever the site calls it. */
  private static final Pattern NEXT_BUILD =
      Pattern.compile("(?<=/_next/static/)(?!chunks/|css/|media/|development/)[^/]{1,100}(?=/)");

  private static final Pattern FLAVOUR =
      Pattern.compile(
          "[-.](?:min|legacy|modern|es5|es20\\d\\d|esm|bundle|prod|production)(?=[-.])");

  private static final Pattern SIGNS_AT_END =
      Pattern.compile("(?<![-._~])[-._~]+(?=\\.[a-z]{1,4}$)");

  private JavaScriptFile() {}

  /** Whether a bundler made it: what functions are called in it may be a minifier's whim. */
  static boolean isBuilt(String told) {
    int query = told.indexOf('?');
    String path = query < 0 ? told : told.substring(0, query);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return !file(name).equals(name);
  }

  /** The whole path, with its origin where it has one; without query. */
  static String of(String told) {
    if (told.startsWith("blob:")) {
      return "blob:";
    }
    if (told.startsWith("data:")) {
      return "data:";
    }
    int query = told.indexOf('?');
    String path = query < 0 ? told : told.substring(0, query);
    path = NEXT_BUILD.matcher(path).replaceFirst(ANY);
    int authority = path.indexOf("://");
    int start = authority < 0 ? 0 : Math.max(path.indexOf('/', authority + 3), 0);
    StringBuilder clean = new StringBuilder(path.length()).append(path, 0, start);
    for (int at = start; at < path.length(); ) {
      int slash = path.indexOf('/', at);
      if (slash < 0) {
        clean.append(file(path.substring(at)));
        break;
      }
      String folder = path.substring(at, slash);
      clean.append(isPassing(folder) ? ANY : folder).append('/');
      at = slash + 1;
    }
    return clean.toString();
  }

  private static boolean isPassing(String folder) {
    return folder.length() > 2
        && (VERSION.matcher(folder).matches() || looksRandom(folder.replace("-", "")));
  }

  private static String file(String told) {
    String name = HYPHENED_HASH.matcher(told).replaceFirst(found -> hyphened(found.group()));
    Matcher hash = NAME_HASH.matcher(name);
    StringBuilder clean = new StringBuilder(name.length());
    int copied = 0;
    while (hash.find()) {
      if (looksRandom(hash.group(1))) {
        // With the sign before it.
        clean.append(name, copied, hash.start() - 1);
        copied = hash.end();
      }
    }
    name = clean.append(name, copied, name.length()).toString();
    name = FLAVOUR.matcher(name).replaceAll("");
    name = SIGNS_AT_END.matcher(name).replaceFirst("");
    int dot = name.indexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    // "117.js" and "3f2a9c1b.js": a chunk whose name is a number or a hash.
    boolean nameless =
        dot > 0
            && (VERSION.matcher(stem).matches() || (stem.indexOf('-') < 0 && looksRandom(stem)));
    return nameless ? ANY + name.substring(dot) : name;
  }

  private static String hyphened(String hash) {
    boolean signs = hash.indexOf('-') >= 0 || hash.indexOf('_') >= 0;
    String plain = hash.replace("-", "").replace("_", "");
    boolean mixed =
        plain.chars().anyMatch(Character::isDigit)
            ? plain.chars().anyMatch(Character::isLetter)
            : plain.chars().filter(Character::isUpperCase).count() >= 2
                && plain.chars().anyMatch(Character::isLowerCase);
    return signs && mixed ? "" : hash;
  }

  /** Digits among letters, or capitals where no word has them; {@code HomePage} is a word. */
  private static boolean looksRandom(String part) {
    String lower = part.toLowerCase(Locale.ROOT);
    if (HEX.matcher(lower).matches()) {
      return true;
    }
    if (part.length() < 6 || WORDS.matcher(part).matches()) {
      return false;
    }
    long digits = part.chars().filter(Character::isDigit).count();
    long letters = part.chars().filter(Character::isLetter).count();
    long innerCapitals = part.chars().skip(1).filter(Character::isUpperCase).count();
    return digits == part.length()
        || (digits >= 2 && letters > 0)
        || (digits >= 1 && innerCapitals >= 1)
        || innerCapitals >= 2;
  }
}
