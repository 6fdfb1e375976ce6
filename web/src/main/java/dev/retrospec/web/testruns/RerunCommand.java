package dev.retrospec.web.testruns;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command that runs one test again, as far as its name and file tell the tool. A suggestion to
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

  private RerunCommand() {}

  /** Empty when neither name nor file tells. */
  static Optional<String> of(String testName, @Nullable String file) {
    if (file != null && PLAYWRIGHT_FILE.matcher(file).matches()) {
      return Optional.of("npx playwright test " + file);
    }
    if (file != null && JEST_FILE.matcher(file).matches()) {
      return Optional.of("npx jest " + file);
    }
    if (file != null && PYTHON_FILE.matcher(file).matches()) {
      Matcher python = PYTHON_TEST.matcher(testName);
      return Optional.of("pytest " + file + (python.matches() ? " -k " + python.group(1) : ""));
    }
    if (file != null && file.endsWith("_test.go")) {
      Matcher go = GO_TEST.matcher(testName);
      return go.matches()
          ? Optional.of("go test ./... -run '^" + go.group(1) + "$'")
          : Optional.empty();
    }
    Matcher java = JAVA.matcher(testName);
    return java.matches()
        ? Optional.of("mvn test -Dtest='" + java.group(1) + "#" + java.group(2) + "'")
        : Optional.empty();
  }
}
