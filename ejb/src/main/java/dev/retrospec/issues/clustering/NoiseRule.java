package dev.retrospec.issues.clustering;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One known kind of noise: what no developer of the site can mend, or nobody minds.
 *
 * @param name lower case, digits and hyphens; unique in a project
 * @param on what the pattern is compared with
 * @param pattern a text in which {@code *} stands for any characters, the whole of what it is
 *     compared with; case does not matter
 * @param enabled whether it holds
 */
public record NoiseRule(String name, Subject on, String pattern, boolean enabled) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

  /** Of a pattern, in characters. */
  public static final int MAX_PATTERN = 200;

  /** What of a marker a pattern is compared with. */
  public enum Subject {
    /** What was said: the error's message, or the marker's label. */
    MESSAGE,
    /** The name of what was thrown. */
    TYPE,
    /** Where a call stands: any of the topmost ones, with its origin. */
    STACK,
    /** A failure that every site has, such as {@code resize_observer}. */
    FAMILY;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such subject
     */
    public static Subject of(@Nullable String wireName) {
      for (Subject subject : values()) {
        if (subject.wireName().equals(wireName)) {
          return subject;
        }
      }
      throw new IllegalArgumentException("on must be message, type, stack or family");
    }
  }

  /**
   * A rule as somebody wrote it.
   *
   * @throws IllegalArgumentException when it cannot be; the message says what is wrong with it
   */
  public static NoiseRule told(
      @Nullable String name,
      @Nullable String on,
      @Nullable String pattern,
      @Nullable Boolean enabled) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 60 lower-case letters, digits and hyphens");
    }
    if (pattern == null || pattern.isBlank() || pattern.length() > MAX_PATTERN) {
      throw new IllegalArgumentException("pattern must be 1 to " + MAX_PATTERN + " characters");
    }
    if (pattern.chars().allMatch(c -> c == '*')) {
      throw new IllegalArgumentException("pattern must say something: * alone is everything");
    }
    return new NoiseRule(name, Subject.of(on), pattern.strip(), enabled == null || enabled);
  }

  /** Whether the pattern is the whole text; time at most the product of both lengths. */
  boolean matches(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int retry = 0;
    while (in < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        retry = in;
      } else if (at < pattern.length() && isSameLetter(pattern.charAt(at), text.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++retry;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /** As {@link String#equalsIgnoreCase} compares, without a copy of every text of every marker. */
  private static boolean isSameLetter(char one, char other) {
    return one == other
        || Character.toLowerCase(Character.toUpperCase(one))
            == Character.toLowerCase(Character.toUpperCase(other));
  }
}
