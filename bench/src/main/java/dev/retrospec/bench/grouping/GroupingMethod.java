package dev.retrospec.bench.grouping;

import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.issues.clustering.Grouping;
import java.util.List;
import java.util.stream.IntStream;

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
        "RetroSpec, fingerprint alone", error -> Fingerprint.of(error.marker()).key().toString());
  }

  /** RetroSpec's type and message template where it reads calls: what the calls are worth. */
  static GroupingMethod templateAlone() {
    return of(
        "RetroSpec without calls: type and template",
        error -> {
          Grouping grouping = Fingerprint.of(error.marker());
          return grouping.frames().isEmpty()
              ? grouping.key().toString()
              : grouping.type() + "\n" + grouping.template();
        });
  }

  /** The groups: project and key. */
  List<String> groups(List<LabelledError> errors) {
    List<String> keys = keys().of(errors);
    return IntStream.range(0, errors.size())
        .mapToObj(n -> errors.get(n).project() + " " + keys.get(n))
        .toList();
  }
}
