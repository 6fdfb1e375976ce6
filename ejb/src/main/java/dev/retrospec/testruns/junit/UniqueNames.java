package dev.retrospec.testruns.junit;

import dev.retrospec.testruns.TestResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells tests of one name in several suites apart: by the suite, else by the file, else by their
 * order.
 */
final class UniqueNames {

  private UniqueNames() {}

  /** The results in the order of the report; no two have one name. */
  static List<TestResult> of(Collection<TestCaseXml> tests) {
    Map<String, List<TestCaseXml>> byName = new LinkedHashMap<>();
    tests.forEach(
        test -> byName.computeIfAbsent(test.name(), name -> new ArrayList<>(1)).add(test));
    if (byName.size() == tests.size()) {
      return tests.stream().map(test -> test.result(test.name())).toList();
    }
    Set<String> taken = new HashSet<>(byName.keySet());
    Map<TestCaseXml, String> names = new LinkedHashMap<>();
    tests.forEach(test -> names.put(test, test.name()));
    byName.values().stream()
        .filter(alike -> alike.size() > 1)
        .forEach(alike -> tellApart(alike, names, taken));
    return names.entrySet().stream().map(name -> name.getKey().result(name.getValue())).toList();
  }

  private static void tellApart(
      List<TestCaseXml> alike, Map<TestCaseXml, String> names, Set<String> taken) {
    @Nullable Function<TestCaseXml, String> place =
        differ(alike, TestCaseXml::listedIn)
            ? TestCaseXml::listedIn
            : differ(alike, TestCaseXml::file) ? TestCaseXml::file : null;
    int number = 2;
    for (TestCaseXml test : place == null ? alike.subList(1, alike.size()) : alike) {
      String wanted = with(test, place == null ? number++ : place.apply(test));
      while (!taken.add(wanted)) {
        wanted = with(test, number++);
      }
      names.put(test, wanted);
    }
  }

  private static boolean differ(List<TestCaseXml> tests, Function<TestCaseXml, String> place) {
    Set<String> places = new HashSet<>();
    return tests.stream().map(place).allMatch(it -> !it.isEmpty() && places.add(it));
  }

  private static String with(TestCaseXml test, Object place) {
    return JUnitReader.shortened(test.name() + " (" + place + ")");
  }
}
