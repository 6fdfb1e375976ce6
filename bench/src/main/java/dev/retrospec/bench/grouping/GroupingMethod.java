package dev.retrospec.bench.grouping;

import dev.retrospec.issues.clustering.Fingerprint;
import java.util.List;

/**
 * A way to tell which errors are one.
 *
 * @param name for the page
 */
record GroupingMethod(String name, Keys keys) {

  /** Gives each of the errors, in the order of time, the key of its group within its project. */
  @FunctionalInterface
  interface Keys {
    List<String> of(List<LabelledError> errors);
  }

  /** For methods that look at one error only. */
  @FunctionalInterface
  interface Key {
    String of(LabelledError error);
  }

  static GroupingMethod of(String name, Key key) {
    return new GroupingMethod(name, errors -> errors.stream().map(key::of).toList());
  }

  static GroupingMethod fingerprint() {
    return of(
        "**RetroSpec**, fingerprint alone",
        error -> Fingerprint.of(error.marker()).key().toString());
  }

  /** The groups: project and key. */
  List<String> groups(List<LabelledError> errors) {
    List<String> keys = keys().of(errors);
    return java.util.stream.IntStream.range(0, errors.size())
        .mapToObj(n -> errors.get(n).project() + " " + keys.get(n))
        .toList();
  }
}
