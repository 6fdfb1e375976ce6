package dev.retrospec.testruns.junit;

import java.util.regex.Pattern;

/**
 * The whole name of a test: {@code com.shop.CartTest.adds}, {@code tests.test_api.test_login},
 * {@code [chromium] cart.spec.ts › adds}, {@code example.com/shop/cart.TestAdd}, {@code the cart ›
 * adds}.
 */
final class TestNames {

  private static final Pattern FILE = Pattern.compile("\\.(?:[cm]?[jt]sx?|py|go|rb|cs|rs)$");
  private static final Pattern SPEC = Pattern.compile("\\.(?:spec|test)\\.[cm]?[jt]sx?$");

  /** What node:test says of every test; its suites are what {@code describe} names. */
  private static final String NODES_CLASS = "test";

  private TestNames() {}

  /**
   * @param host the suite's {@code hostname}: Playwright writes the browser's project there, other
   *     tools the machine
   */
  static String whole(String className, String name, String suiteName, String host) {
    if (className.equals(NODES_CLASS)) {
      return suiteName.isEmpty() ? name : suiteName + " › " + name;
    }
    String of = className.isEmpty() ? "" : className;
    // jest-junit repeats the class in the name; Gradle and Surefire do not.
    String whole =
        of.isEmpty() || name.startsWith(of)
            ? name
            : of + (FILE.matcher(of).find() ? " › " : ".") + name;
    boolean isPlaywright =
        !host.isEmpty() && className.equals(suiteName) && SPEC.matcher(suiteName).find();
    return isPlaywright ? "[" + host + "] " + whole : whole;
  }

  /** The test's own file, where the report tells it. */
  static String file(String declared, String className, String suiteName) {
    if (!declared.isEmpty()) {
      return declared;
    }
    for (String candidate : new String[] {className, suiteName}) {
      if (FILE.matcher(candidate).find() && candidate.indexOf(' ') < 0) {
        return candidate;
      }
    }
    return "";
  }
}
