package dev.retrospec.patterns;

import dev.retrospec.privacy.SecretText;
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

  static PatternText of(FailureText failure, SecretText secrets) {
    return new PatternText(
        clean(failure.type() == null ? "" : failure.type(), MAX_TYPE, secrets),
        clean(failure.message(), MAX_MESSAGE, secrets),
        failure.stack() == null ? null : clean(failure.stack(), MAX_STACK, secrets));
  }

  /** What is compared holds nothing that may not be kept. */
  static FailureText scrubbed(FailureText failure, SecretText secrets) {
    return new FailureText(
        failure.type() == null ? null : secrets.redact(PlainText.of(failure.type())),
        secrets.redact(PlainText.of(failure.message())),
        failure.stack() == null ? null : secrets.redact(PlainText.of(failure.stack())));
  }

  /** What a stored pattern is compared by. */
  static FailureText failure(PatternView pattern) {
    return new FailureText(
        pattern.errorType().isEmpty() ? null : pattern.errorType(),
        pattern.errorMessage(),
        pattern.stackTrace());
  }

  private static String clean(String text, int limit, SecretText secrets) {
    return PlainText.cut(secrets.redact(PlainText.of(text)).strip(), limit);
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
