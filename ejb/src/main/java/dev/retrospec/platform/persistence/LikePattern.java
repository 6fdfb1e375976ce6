package dev.retrospec.platform.persistence;

/** What stands right of {@code like} and {@code ilike}. */
public final class LikePattern {

  private LikePattern() {}

  /** Matches what holds the text; the characters that mean something there stand for themselves. */
  public static String containing(String text) {
    return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }
}
