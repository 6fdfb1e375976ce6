package dev.retrospec.ids;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The grammar that all client-given ids share, and the mint for those that the server makes. */
final class Ids {

  /** Long enough for a UUID with prefixes, short enough for an object key and an index entry. */
  static final int MAX_LENGTH = 128;

  private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9._:-]{1," + MAX_LENGTH + "}");
  private static final String GRAMMAR_IN_WORDS =
      "1 to " + MAX_LENGTH + " characters of A-Z a-z 0-9 . _ : -";
  private static final Pattern UUID_GRAMMAR =
      Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  static String checked(String what, String value) {
    // "." and ".." pass the grammar but would be path segments in an object key.
    if (!GRAMMAR.matcher(value).matches() || value.equals(".") || value.equals("..")) {
      throw new InvalidId(what, GRAMMAR_IN_WORDS);
    }
    return value;
  }

  static boolean isUuid(String value) {
    return UUID_GRAMMAR.matcher(value).matches();
  }

  /** In lower case, so that one UUID is one text. */
  static String checkedUuid(String what, String value) {
    if (!UUID_GRAMMAR.matcher(value).matches()) {
      throw new InvalidId(what, "a UUID");
    }
    return value.toLowerCase(Locale.ROOT);
  }

  /** 96 random bits: unguessable, and no two alike in the lifetime of an installation. */
  static String mint(String prefix) {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return prefix + HexFormat.of().formatHex(random);
  }
}
