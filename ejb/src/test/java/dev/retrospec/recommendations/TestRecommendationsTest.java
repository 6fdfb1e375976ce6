package dev.retrospec.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retrospec.recommendations.Evidence.Candidate;
import dev.retrospec.recommendations.Evidence.FileHistory;
import dev.retrospec.recommendations.Evidence.PatternLink;
import dev.retrospec.recommendations.Evidence.Red;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestRecommendationsTest {

  private static final String FILE = "src/auth/login.ts";

  private Map<String, Double> redRuns = Map.of();
  private List<String> others = List.of();

  @Test
  void prefersTheTestThatFailedWhenTheFileChangedBefore() {
    List<RecommendedTest> tests =
        recommend(
            test("cart").build(),
            test("auth").history(4, 3).build(),
            test("mail").history(4, 1).build());

    assertThat(tests).extracting(RecommendedTest::testName).containsExactly("auth", "mail");
    assertThat(tests.get(0).reason())
        .isEqualTo(
            "Related to changed file: src/auth/login.ts (it failed in 75% of the red runs that"
                + " changed it)");
  }

  @Test
  void saysNothingWithoutAReason() {
    assertThat(recommend(test("cart").build(), test("mail").build())).isEmpty();
  }

  @Test
  void aShortTestComesBeforeALongOneThatIsAsProbable() {
    assertThat(
            recommend(
                test("long").takes(60_000).history(4, 3).build(),
                test("short").takes(200).history(4, 3).build()))
        .extracting(RecommendedTest::testName)
        .containsExactly("short", "long");
  }

  @Test
  void runsOneTestOfEachFailureAgain() {
    assertThat(
            recommend(
                test("a").red("pattern-1").build(),
                test("b").red("pattern-1").build(),
                test("c").red("pattern-2").build()))
        .extracting(RecommendedTest::testName)
        .containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void leavesRoomForOtherTestsWhenVeryManyFail() {
    List<Candidate> candidates = new ArrayList<>();
    IntStream.range(0, 50).forEach(i -> candidates.add(test("red" + i).red("p" + i).build()));
    candidates.add(test("auth").history(4, 3).build());

    assertThat(recommend(candidates.toArray(Candidate[]::new)))
        .hasSize(TestRecommendations.MAX_RERUNS + 1)
        .extracting(RecommendedTest::testName)
        .contains("auth");
  }

  @Test
  void tellsWhichPatternItFollows() {
    RecommendedTest test = recommend(test("auth").pattern("API away", 0.92, 5, 5).build()).get(0);

    assertThat(test.reason())
        .isEqualTo("Similar failure pattern (92% match, seen 5 times): API away");
    assertThat(test.confidenceScore()).isBetween(0.5, 0.9);
  }

  @Test
  void moreReasonsMakeItMoreProbable() {
    double one = score(test("auth").history(4, 2));
    double both = score(test("auth").history(4, 2).pattern("API away", 0.9, 5, 5));

    assertThat(both).isGreaterThan(one).isLessThan(1);
  }

  @Test
  void aFlakyTestSaysLess() {
    assertThat(score(test("auth").flaky(0.8).history(4, 3)))
        .isLessThan(score(test("auth").history(4, 3)));
  }

  @Test
  void findsTestsByTheirNames() {
    assertThat(recommend(test("LoginTest.acceptsAName").build(), test("CartTest.adds").build()))
        .extracting(RecommendedTest::testName)
        .containsExactly("LoginTest.acceptsAName");
  }

  @Test
  void neverRecommendsMoreThanAPersonLooksAt() {
    Candidate[] many =
        IntStream.range(0, 100)
            .mapToObj(i -> test("t" + i).history(4, 3).build())
            .toArray(Candidate[]::new);

    assertThat(recommend(many)).hasSize(TestRecommendations.LIMIT);
  }

  @Test
  void runsInWhichItStayedGreenSpeakAgainstIt() {
    double unknown = score(test("LoginTest.acceptsAName"));
    redRuns = Map.of(FILE, 6.0);

    assertThat(recommend(test("auth").build())).isEmpty();
    assertThat(score(test("LoginTest.acceptsAName"))).isLessThan(unknown / 2);
  }

  @Test
  void aNameSaysNothingThatTheHistoryHasNotSaid() {
    assertThat(score(test("LoginTest.acceptsAName").history(8, 4)))
        .isCloseTo(score(test("auth").history(8, 4)), within(0.1))
        .isLessThan(0.5);
  }

  @Test
  void ofManyChangedFilesOneIsToBlame() {
    double alone = score(test("auth").history(4, 3));
    others = List.of("src/mail/send.ts", "src/cart/total.ts", "src/tax/rate.ts");

    assertThat(score(test("auth").history(4, 3))).isBetween(alone / 2, alone * 0.8);
  }

  private double score(Building test) {
    return recommend(test.build()).get(0).confidenceScore();
  }

  private List<RecommendedTest> recommend(Candidate... candidates) {
    return TestRecommendations.recommend(
        new Evidence(
            Stream.concat(Stream.of(FILE), others.stream())
                .map(path -> new ChangedFile(path, ChangedFile.Change.MODIFIED, 3, 1))
                .toList(),
            redRuns,
            List.of(candidates)));
  }

  private static Building test(String name) {
    return new Building(name);
  }

  private static final class Building {

    private final String name;
    private double duration = 1_000;
    private double flaky;
    private @Nullable Red red;
    private final List<FileHistory> histories = new ArrayList<>();
    private final List<PatternLink> patterns = new ArrayList<>();

    private Building(String name) {
      this.name = name;
    }

    Building takes(double ms) {
      duration = ms;
      return this;
    }

    Building flaky(double score) {
      flaky = score;
      return this;
    }

    Building red(String pattern) {
      red = new Red(pattern, false);
      return this;
    }

    Building history(double runs, double failures) {
      histories.add(new FileHistory(FILE, runs, failures));
      return this;
    }

    Building pattern(String summary, double similarity, int runs, int failures) {
      patterns.add(new PatternLink(summary, similarity, runs, failures, runs));
      return this;
    }

    Candidate build() {
      return new Candidate(name, null, duration, 0, flaky, red, histories, patterns, List.of());
    }
  }
}
