package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.inspection.RunDiff.FileDiff;
import dev.retrospec.inspection.RunDiff.Kind;
import dev.retrospec.inspection.RunDiff.Line;
import org.junit.jupiter.api.Test;

class RunDiffTest {

  private static final String TWO_FILES =
      """
      diff --git a/web/cart.ts b/web/cart.ts
      index 1..2 100644
      --- a/web/cart.ts
      +++ b/web/cart.ts
      @@ -7,3 +7,3 @@ function total() {
         const sum = 0;
      --- a comment of SQL
      +++ counter;
         return sum;
      @@ -40 +40,2 @@
       end
      +more
      diff --git a/logo.png b/logo.png
      Binary files a/logo.png and b/logo.png differ
      """;

  @Test
  void showsEachFileWithTheNumbersOfItsLines() {
    RunDiff diff = RunDiff.of(TWO_FILES);

    assertThat(diff.files())
        .extracting(one -> one.file().path())
        .containsExactly("web/cart.ts", "logo.png");
    assertThat(diff.files().get(0).lines())
        .containsExactly(
            new Line(Kind.HUNK, 0, "@@ -7,3 +7,3 @@ function total() {"),
            new Line(Kind.SAME, 7, "  const sum = 0;"),
            new Line(Kind.DELETED, 8, "-- a comment of SQL"),
            new Line(Kind.ADDED, 8, "++ counter;"),
            new Line(Kind.SAME, 9, "  return sum;"),
            new Line(Kind.HUNK, 0, "@@ -40 +40,2 @@"),
            new Line(Kind.SAME, 40, "end"),
            new Line(Kind.ADDED, 41, "more"));
    assertThat(diff.files().get(1).lines()).isEmpty();
    assertThat(diff.hasMore()).isFalse();
  }

  @Test
  void readsAPlainDiffOfSeveralFiles() {
    RunDiff diff =
        RunDiff.of(
            "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-x\n+y\n--- b.txt\n+++ b.txt\n@@ -1 +0,0 @@\n-z\n");

    assertThat(diff.files())
        .extracting(one -> one.file().path(), one -> one.lines().size())
        .containsExactly(tuple("a.txt", 3), tuple("b.txt", 2));
  }

  @Test
  void leavesOutWhatNobodyReadsAndSaysSo() {
    StringBuilder text = new StringBuilder();
    for (int file = 0; file < 8; file++) {
      text.append(
          "diff --git a/f%d b/f%d\n--- a/f%d\n+++ b/f%d\n@@ -0,0 +1,600 @@\n"
              .formatted(file, file, file, file));
      text.append(("+" + "x".repeat(1_000) + "\n").repeat(600));
    }

    RunDiff diff = RunDiff.of(text.toString());

    assertThat(diff.hasMore()).isTrue();
    assertThat(diff.files()).hasSize(8).allMatch(FileDiff::hasMore);
    assertThat(diff.files().stream().mapToInt(one -> one.lines().size()).sum())
        .isEqualTo(RunDiff.MAX_LINES);
    assertThat(diff.files().get(0).lines().get(1).text()).hasSize(RunDiff.MAX_LINE_LENGTH + 1);
    assertThat(diff.files().get(7).file().addedLines()).isEqualTo(600);
  }

  @Test
  void aDiffThatWasCutOffShowsWhatIsThere() {
    RunDiff diff = RunDiff.of(TWO_FILES.substring(0, TWO_FILES.indexOf("+++ counter")));

    assertThat(diff.files()).hasSize(1);
    assertThat(diff.files().get(0).lines()).hasSize(3);
    assertThat(RunDiff.of(null).files()).isEmpty();
    assertThat(RunDiff.of("no diff at all").files()).isEmpty();
  }
}
