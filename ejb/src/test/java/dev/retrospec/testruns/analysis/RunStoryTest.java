package dev.retrospec.testruns.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.recommendations.ChangedFile;
import dev.retrospec.testruns.analysis.RunCase.Failure;
import dev.retrospec.testruns.analysis.RunCase.Fix;
import dev.retrospec.testruns.analysis.RunCase.Issue;
import dev.retrospec.testruns.analysis.RunCase.Past;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunStoryTest {

  private static final ChangedFile LOGIN =
      new ChangedFile("src/auth/LoginFlow.java", ChangedFile.Change.MODIFIED, 12, 3);

  @Test
  void tellsWhatFailedAndThatAStackRunsThroughTheChange() {
    String story =
        tell(
            List.of(
                failure("LoginTest", "p1", true, false),
                failure("CartTest", "p1", true, false),
                failure("MailTest", "p2", false, false)),
            List.of());

    assertThat(story)
        .contains(
            "**What failed:** 3 tests (2 new on this branch, 1 failing on main too), 2 distinct"
                + " failures.")
        .contains("- `LoginTest` and 1 other test: refused")
        .contains("Its stack runs through `src/auth/LoginFlow.java`, which this change touches")
        .contains("Red since `c0ffee1234`, last green with `beef`")
        .contains("**What changed:** 1 file (+12 −3): `src/auth/LoginFlow.java`.")
        .contains("**Next:** run `LoginTest` first.");
  }

  @Test
  void tellsWhatItResemblesInProductionAndWhatHelped() {
    String story =
        tell(
            List.of(failure("LoginTest", "p1", true, false)),
            List.of(
                new Past(
                    "p1",
                    0.923,
                    "API connection failure",
                    5,
                    "product_bug",
                    "see the retry",
                    new Fix("abc", "ada", "LoginTest", List.of("src/auth/client.ts")))),
            List.of(new Issue("js-1", "Sign in fails", 143, 5)));

    assertThat(story)
        .contains(
            "92% match with “API connection failure”, seen 5 times, decided: product bug (see the"
                + " retry)")
        .contains("**In production, too:** issue js-1, “Sign in fails”, 143 users, 5 replays.")
        .contains(
            "**What helped last time:** `LoginTest` went green with `abc` by ada, which changed"
                + " `src/auth/client.ts`.");
  }

  @Test
  void acquitsAChangeThatOnlyMetFlakyTests() {
    assertThat(tell(List.of(failure("LoginTest", "p1", null, true)), List.of()))
        .contains("1 test flaky: red, then green on the same code")
        .contains("nothing here speaks against the change");
  }

  @Test
  void acquitsABranchThatOnlyHasWhatItsBaseHas() {
    assertThat(tell(List.of(failure("LoginTest", "p1", false, false)), List.of()))
        .contains("not caused by this branch");
  }

  private static String tell(List<Failure> failures, List<Past> past) {
    return tell(failures, past, List.of());
  }

  private static String tell(List<Failure> failures, List<Past> past, List<Issue> issues) {
    return RunStory.tell(
        new RunCase(
            "feature", "main", failures, List.of(LOGIN), past, issues, List.of("LoginTest")));
  }

  private static Failure failure(
      String test, String pattern, @Nullable Boolean isNew, boolean isFlaky) {
    return new Failure(
        test,
        "refused\nand more",
        pattern,
        true,
        isFlaky,
        0,
        isNew,
        "c0ffee1234567",
        "beef",
        List.of("LoginFlow.java"));
  }
}
