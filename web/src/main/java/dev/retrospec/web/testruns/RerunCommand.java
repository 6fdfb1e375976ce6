package dev.retrospec.web.testruns;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command that runs tests again, as far as their names and files tell the tool. A suggestion to
 * copy, never something that is run here.
 */
final class RerunCommand {

  /** {@code dev.shop.BasketTest.refusesVoucher}, with {@code #} and parameters, too. */
  private static final Pattern JAVA =
      Pattern.compile("(?:[\\w$]+\\.)*([A-Z][\\w$]*)[.#]([a-z_$][\\w$]*)(?:[(\\[{].*)?");

  private static final Pattern PLAYWRIGHT_FILE =
      Pattern.compile("[\\w./@-]+\\.(?:spec|e2e)\\.[cm]?[jt]sx?");
  private static final Pattern JEST_FILE = Pattern.compile("[\\w./@-]+\\.test\\.[cm]?[jt]sx?");
  private static final Pattern PYTHON_FILE = Pattern.compile("[\\w./-]+\\.py");
  private static final Pattern PYTHON_TEST = Pattern.compile("(?:.*[.:])?(test\\w*)(?:\\[.*])?");
  private static final Pattern GO_TEST = Pattern.compile("(?:.*[./ ])?(Test[A-Z0-9_]\\w*)(?:/.*)?");

  private enum Tool {
    MAVEN,
    PLAYWRIGHT,
    JEST,
    PYTEST,
    GO
  }

  /** A test as its tool selects it: by file, by name, or by both. */
  private record Selected(Tool tool, @Nullable String file, @Nullable String name) {}

  private RerunCommand() {}

  /** Empty when neither name nor file tells. */
  static Optional<String> of(String testName, @Nullable String file) {
    return select(testName, file).map(one -> command(one.tool, Set.of(one)));
  }

  /**
   * One command for each tool; tests that do not tell theirs are left out.
   *
   * @param tests in any order
   */
  static <T> List<String> together(
      List<T> tests, Function<T, String> nameOf, Function<T, @Nullable String> fileOf) {
    Map<Tool, Set<Selected>> byTool = new EnumMap<>(Tool.class);
    for (T test : tests) {
      select(nameOf.apply(test), fileOf.apply(test))
          .ifPresent(
              one -> byTool.computeIfAbsent(one.tool, tool -> new LinkedHashSet<>()).add(one));
    }
    return byTool.entrySet().stream()
        .map(entry -> command(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Optional<Selected> select(String testName, @Nullable String file) {
    if (file != null && PLAYWRIGHT_FILE.matcher(file).matches()) {
      return Optional.of(new Selected(Tool.PLAYWRIGHT, file, null));
    }
    if (file != null && JEST_FILE.matcher(file).matches()) {
      return Optional.of(new Selected(Tool.JEST, file, null));
    }
    if (file != null && PYTHON_FILE.matcher(file).matches()) {
      Matcher python = PYTHON_TEST.matcher(testName);
      return Optional.of(
          new Selected(Tool.PYTEST, file, python.matches() ? python.group(1) : null));
    }
    if (file != null && file.endsWith("_test.go")) {
      Matcher go = GO_TEST.matcher(testName);
      return go.matches()
          ? Optional.of(new Selected(Tool.GO, null, go.group(1)))
          : Optional.empty();
    }
    Matcher java = JAVA.matcher(testName);
    return java.matches()
        ? Optional.of(new Selected(Tool.MAVEN, null, java.group(1) + "#" + java.group(2)))
        : Optional.empty();
  }

  private static String command(Tool tool, Set<Selected> tests) {
    return switch (tool) {
      case MAVEN -> "mvn test -Dtest='" + joined(tests, Selected::name, ",") + "'";
      case PLAYWRIGHT -> "npx playwright test " + joined(tests, Selected::file, " ");
      case JEST -> "npx jest " + joined(tests, Selected::file, " ");
      case PYTEST -> "pytest " + joined(tests, Selected::file, " ") + python(tests);
      case GO -> "go test ./... -run '^" + alternatives(tests) + "$'";
    };
  }

  /** A file without a name means all of it, so that no name may narrow the others' choice. */
  private static String python(Set<Selected> tests) {
    if (tests.stream().anyMatch(test -> test.name == null)) {
      return "";
    }
    String names = joined(tests, Selected::name, " or ");
    return names.contains(" ") ? " -k '" + names + "'" : " -k " + names;
  }

  private static String alternatives(Set<Selected> tests) {
    String names = joined(tests, Selected::name, "|");
    return names.contains("|") ? "(" + names + ")" : names;
  }

  private static String joined(
      Set<Selected> tests, Function<Selected, @Nullable String> part, String between) {
    return tests.stream().map(part).distinct().collect(Collectors.joining(between));
  }
}
