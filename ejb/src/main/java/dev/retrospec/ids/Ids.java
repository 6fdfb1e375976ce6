package dev.retrospec.ids;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The grammar that all client-given ids share, and the mint for those that the server makes. */
final class Ids {

  /** Long enough for a UUID with prefixes, short enough for an object key and an index entry. */
  static final int MAX_LENGTH = 128;

  private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9._:-]{1," + MAX_LENGTH + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  static String checked(String what, String value) {
    // "." and ".." pass the grammar but would be path segments in an object key.
    if (!GRAMMAR.matcher(value).matches() || value.equals(".") || value.equals("..")) {
      throw new InvalidId(what);
    }
    return value;
  }

  /** 96 random bits: unguessable, and no two alike in the lifetime of an installation. */
  static String mint(String prefix) {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return prefix + HexFormat.of().formatHex(random);
  }
}
