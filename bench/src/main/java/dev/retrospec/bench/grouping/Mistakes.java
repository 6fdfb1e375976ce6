package dev.retrospec.bench.grouping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pairs that a method got wrong, gathered by the faults that they are of. */
final class Mistakes {

  private static final int SHOWN_PAIRS = 2;

  private record Kind(String name, List<String> examples, int[] pairs) {}

  private Mistakes() {}

  /** Text for people, the most frequent mistakes first. */
  static String of(List<LabelledError> errors, List<String> groups) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (int a = 0; a < errors.size(); a++) {
      for (int b = a + 1; b < errors.size(); b++) {
        String name = name(errors.get(a), errors.get(b), groups.get(a).equals(groups.get(b)));
        if (name != null) {
          Kind kind =
              kinds.computeIfAbsent(name, any -> new Kind(any, new ArrayList<>(), new int[1]));
          if (kind.pairs()[0]++ < SHOWN_PAIRS) {
            kind.examples()
                .add(
                    told(errors.get(a), groups.get(a))
                        + "  and\n"
                        + told(errors.get(b), groups.get(b)));
          }
        }
      }
    }
    StringBuilder text = new StringBuilder();
    kinds.values().stream()
        .sorted(Comparator.comparingInt((Kind kind) -> -kind.pairs()[0]))
        .forEach(
            kind -> {
              text.append(kind.pairs()[0]).append(" pairs, ").append(kind.name()).append('\n');
              kind.examples().forEach(example -> text.append(example).append('\n'));
            });
    return text.toString();
  }

  private static @Nullable String name(LabelledError one, LabelledError other, boolean called) {
    boolean same = one.faultOfProject().equals(other.faultOfProject());
    if (same == called) {
      return null;
    }
    return same
        ? "not seen as one: " + one.faultOfProject()
        : "taken for one: " + one.faultOfProject() + " and " + other.faultOfProject();
  }

  private static String told(LabelledError error, String group) {
    LabelledError.Thrown thrown = error.error();
    String stack =
        thrown == null
            ? null
            : thrown.originalStack() != null ? thrown.originalStack() : thrown.stack();
    return "    "
        + error.fault()
        + " · "
        + error.source()
        + " · "
        + error.route()
        + " · "
        + group
        + "\n"
        + "    "
        + error.label()
        + "\n"
        + (stack == null ? "" : stack.indent(8))
        + (thrown == null || thrown.cause() == null
            ? ""
            : "cause\n".indent(6) + thrown.cause().indent(8));
  }
}
