package dev.retrospec.signatures.text;

/**
 * The values that an assertion compared, apart from its sentence; masked like the sentence except
 * for short numbers, because a wrong 3 is not a wrong 4.
 *
 * @param expected empty when the text does not tell it
 * @param actual empty when the text does not tell it
 */
public record Difference(String expected, String actual) {

  /** Values differ early or not at all. */
  public static final int MAX_LENGTH = 200;

  public static final Difference NONE = new Difference("", "");

  /** Whether no comparison was told. */
  public boolean absent() {
    return expected.isEmpty() && actual.isEmpty();
  }
}
