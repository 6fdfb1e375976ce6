package dev.retrospec.bench.similarity;

import dev.retrospec.signatures.FailureText;

/**
 * A failure whose cause is known.
 *
 * @param cause the same for all failures that one break has caused
 * @param sighting 1 or 2; the second on other lines and in another folder
 * @param test that failed
 * @param type as the runner told it, may be empty
 */
public record LabelledFailure(
    String cause, int sighting, String test, String type, String message, String stack) {

  FailureText text() {
    return new FailureText(type.isEmpty() ? null : type, message, stack);
  }
}
