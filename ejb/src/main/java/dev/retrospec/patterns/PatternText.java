package dev.retrospec.patterns;

import dev.retrospec.privacy.Scrubber;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.text.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A failure's own words as they are kept and shown: without colours, personal data and secrets, and
 * within bounds.
 */
record PatternText(String type, String message, @Nullable String stack) {

  private static final int MAX_TYPE = 300;
  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_STACK = 16_000;
  private static final int MAX_SUMMARY = 200;

  static PatternText of(FailureText failure, Scrubber scrubber) {
    return new PatternText(
        clean(failure.type() == null ? "" : failure.type(), MAX_TYPE, scrubber),
        clean(failure.message(), MAX_MESSAGE, scrubber),
        failure.stack() == null ? null : clean(failure.stack(), MAX_STACK, scrubber));
  }

  /** What is compared holds nothing that may not be kept. */
  static FailureText scrubbed(FailureText failure, Scrubber scrubber) {
    return new FailureText(
        failure.type() == null ? null : scrubber.scrubText(PlainText.of(failure.type())),
        scrubber.scrubText(PlainText.of(failure.message())),
        failure.stack() == null ? null : scrubber.scrubText(PlainText.of(failure.stack())));
  }

  /** What a stored pattern is compared by. */
  static FailureText failure(PatternView pattern) {
    return new FailureText(
        pattern.errorType().isEmpty() ? null : pattern.errorType(),
        pattern.errorMessage(),
        pattern.stackTrace());
  }

  private static String clean(String text, int limit, Scrubber scrubber) {
    return PlainText.cut(scrubber.scrubText(PlainText.of(text)).strip(), limit);
  }

  /**
   * One line for lists.
   *
   * @param shownType of the signature: short, and known even if the reporter did not tell it
   */
  String summary(String shownType) {
    String line = firstLine(message.isBlank() && stack != null ? stack : message);
    String text = line.isEmpty() ? "Failure without a message" : line;
    boolean told = shownType.isEmpty() || text.contains(shownType);
    return PlainText.cut(told ? text : shownType + ": " + text, MAX_SUMMARY);
  }

  private static String firstLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
  }
}
