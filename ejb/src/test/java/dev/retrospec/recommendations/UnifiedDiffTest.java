package dev.retrospec.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.recommendations.ChangedFile.Change;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

  @Test
  void readsWhatGitWrites() {
    String diff =
        """
        diff --git a/src/api.ts b/src/api.ts
        index 1b2c3d4..5e6f7a8 100644
        --- a/src/api.ts
        +++ b/src/api.ts
        @@ -1,3 +1,4 @@ export function call() {
         one
        -two
        +zwei
        +drei
         four
        diff --git a/docs/old.md b/docs/old.md
        deleted file mode 100644
        --- a/docs/old.md
        +++ /dev/null
        @@ -1,2 +0,0 @@
        -a
        -b
        diff --git a/src/new.ts b/src/new.ts
        new file mode 100644
        --- /dev/null
        +++ b/src/new.ts
        @@ -0,0 +1 @@
        +hello
        \\ No newline at end of file
        diff --git a/a.ts b/b.ts
        similarity index 100%
        rename from a.ts
        rename to b.ts
        diff --git a/logo.png b/logo.png
        Binary files a/logo.png and b/logo.png differ
        """;

    assertThat(UnifiedDiff.parse(diff))
        .extracting(
            ChangedFile::path,
            ChangedFile::change,
            ChangedFile::addedLines,
            ChangedFile::deletedLines)
        .containsExactly(
            tuple("src/api.ts", Change.MODIFIED, 2, 1),
            tuple("docs/old.md", Change.DELETED, 0, 2),
            tuple("src/new.ts", Change.ADDED, 1, 0),
            tuple("b.ts", Change.RENAMED, 0, 0),
            tuple("logo.png", Change.MODIFIED, 0, 0));
  }

  @Test
  void aChangedLineThatLooksLikeAHeaderIsNone() {
    String diff =
        """
        diff --git a/notes.txt b/notes.txt
        --- a/notes.txt
        +++ b/notes.txt
        @@ -1,3 +1,3 @@
        --- a/trap.ts
        +++ b/trap.ts
         diff --git a/trap2.ts b/trap2.ts
        -x
        +y
        """;

    assertThat(UnifiedDiff.parse(diff)).extracting(ChangedFile::path).containsExactly("notes.txt");
  }

  @Test
  void readsQuotedNamesAndNamesWithBlanks() {
    String diff =
        """
        diff --git "a/src/\\303\\244.ts" "b/src/\\303\\244.ts"
        --- "a/src/\\303\\244.ts"
        +++ "b/src/\\303\\244.ts"
        @@ -1 +1 @@
        -a
        +b
        diff --git a/my file.ts b/my file.ts
        old mode 100644
        new mode 100755
        """;

    assertThat(UnifiedDiff.parse(diff))
        .extracting(ChangedFile::path)
        .containsExactly("src/ä.ts", "my file.ts");
  }

  @Test
  void readsPlainDiffsAndOtherPrefixes() {
    String diff =
        """
        --- src/api.ts\t2026-01-01 10:00:00.000000000 +0000
        +++ src/api.ts\t2026-01-02 10:00:00.000000000 +0000
        @@ -1 +1 @@
        -a
        +b
        diff --git i/src/other.ts w/src/other.ts
        --- i/src/other.ts
        +++ w/src/other.ts
        @@ -1 +1 @@
        -a
        +b
        diff --cc merged.ts
        index 1,2..3
        """;

    assertThat(UnifiedDiff.parse(diff))
        .extracting(ChangedFile::path)
        .containsExactly("src/api.ts", "src/other.ts", "merged.ts");
  }

  @Test
  void givesWhatCouldBeReadOfADiffThatIsCutOff() {
    String diff =
        """
        diff --git a/one.ts b/one.ts
        --- a/one.ts
        +++ b/one.ts
        @@ -1,40 +1,40 @@
        -a
        diff --git a/two.ts b/two.ts
        --- a/two.ts
        +++ b/two.ts""";

    assertThat(UnifiedDiff.parse(diff))
        .extracting(ChangedFile::path)
        .containsExactly("one.ts", "two.ts");
  }

  @Test
  void seesNothingInOtherTextAndNeverFails() {
    assertThat(UnifiedDiff.parse("")).isEmpty();
    assertThat(UnifiedDiff.parse("hello\n+++ world\n@@ nonsense")).isEmpty();
    Random random = new Random(1);
    String letters = "diff --git a/b \"\\\n+-@ 0,1/";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder("diff --git ");
      for (int j = 0; j < 60; j++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(UnifiedDiff.parse(text.toString())).isNotNull();
    }
  }
}
