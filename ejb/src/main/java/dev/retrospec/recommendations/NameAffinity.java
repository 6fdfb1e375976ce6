package dev.retrospec.recommendations;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a test's name or file speaks of a changed file: {@code LoginTest} of {@code login.ts}.
 */
public final class NameAffinity {

  /** Words that are in the name of nearly every file or test say nothing. */
  private static final Set<String> COMMON =
      Set.of(
          "test",
          "tests",
          "spec",
          "index",
          "main",
          "src",
          "java",
          "util",
          "utils",
          "common",
          "lib",
          "app",
          "the",
          "and",
          "with",
          "should",
          "when",
          "for",
          "not",
          "module",
          "types",
          "type",
          "package",
          "init",
          "dev",
          "com",
          "org",
          "web",
          "resource",
          "resources",
          "readme");

  private static final int SHORTEST_WORD = 3;

  private static final Pattern BOUNDARIES =
      Pattern.compile("[^\\p{L}\\p{Nd}]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private NameAffinity() {}

  /** The telling words of a name, in lower case. */
  public static Set<String> words(String name) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : BOUNDARIES.split(name)) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (lower.length() >= SHORTEST_WORD && !COMMON.contains(lower)) {
        words.add(lower);
      }
    }
    return words;
  }

  /** The words by which tests of these files may be found. */
  public static List<String> searchWords(List<ChangedFile> changed, int limit) {
    return changed.stream()
        .map(ChangedFile::stem)
        .flatMap(stem -> words(stem).stream())
        .distinct()
        .limit(limit)
        .toList();
  }

  /**
   * @param test all that names the test: its name, its file
   * @return which share of the words of the file's own name the test's name has, 0 to 1
   */
  public static double of(ChangedFile changed, String... test) {
    Set<String> wanted = words(changed.stem());
    if (wanted.isEmpty()) {
      return 0;
    }
    Set<String> given = new LinkedHashSet<>();
    Arrays.stream(test).forEach(name -> given.addAll(words(name)));
    return (double) wanted.stream().filter(given::contains).count() / wanted.size();
  }
}
