package dev.retrospec.signatures;

import dev.retrospec.signatures.text.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A failure as its reporter tells it; colours and control characters are welcome. What is longer
 * than the limits is cut, never refused: of a stack the beginning and the end stay, because Java
 * and Python print the cause last.
 *
 * @param type name of what was thrown, such as {@code java.lang.IllegalStateException}; null when
 *     the reporter does not tell it apart from the text
 * @param message may be empty; may hold the whole stack, as in many JUnit files
 * @param stack stack trace as printed
 */
public record FailureText(@Nullable String type, String message, @Nullable String stack) {

  /** Two failures that differ only behind this many characters are one. */
  public static final int MAX_MESSAGE_LENGTH = 16_384;

  /** About 1,000 frames. */
  public static final int MAX_STACK_LENGTH = 131_072;

  static final int MAX_TYPE_LENGTH = 300;

  public FailureText {
    type = type == null ? null : PlainText.cut(type, MAX_TYPE_LENGTH);
    message = ends(message, MAX_MESSAGE_LENGTH);
    stack = stack == null ? null : ends(stack, MAX_STACK_LENGTH);
  }

  /** Three quarters from the beginning, the rest from the end, on a line of its own. */
  private static String ends(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int head = limit / 4 * 3;
    return text.substring(0, head) + "\n" + text.substring(text.length() - (limit - head - 1));
  }
}
