package dev.retrospec.artifacts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an object stands in the store: segments of {@code [A-Za-z0-9._:=-]} separated by single
 * slashes, at most {@value #MAX_LENGTH} characters. No segment is {@code .} or {@code ..}, so that
 * a key never leaves its folder in a store that keeps files.
 */
public record ArtifactKey(String value) implements Comparable<ArtifactKey> {

  /** S3 allows 1,024 bytes; project, session and a name of 128 each fit well below. */
  public static final int MAX_LENGTH = 512;

  private static final Pattern GRAMMAR =
      Pattern.compile("(?:(?!\\.{1,2}(?:/|$))[A-Za-z0-9._:=-]+/)*(?!\\.{1,2}$)[A-Za-z0-9._:=-]+");

  /**
   * @throws InvalidArtifactKey when it is not a key
   */
  public ArtifactKey {
    if (!isKey(value)) {
      throw new InvalidArtifactKey();
    }
  }

  /** The segments joined by slashes. */
  public static ArtifactKey of(String... segments) {
    return new ArtifactKey(String.join("/", segments));
  }

  /** Empty when it is not a key of ours. */
  public static Optional<ArtifactKey> parse(String value) {
    return isKey(value) ? Optional.of(new ArtifactKey(value)) : Optional.empty();
  }

  private static boolean isKey(String value) {
    return value.length() <= MAX_LENGTH && GRAMMAR.matcher(value).matches();
  }

  /** In the order in which stores list: by the bytes of the key. */
  @Override
  public int compareTo(ArtifactKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
