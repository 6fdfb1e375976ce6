package dev.retrospec.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.inspection.RunDiff.FileDiff;
import dev.retrospec.inspection.RunDiff.Kind;
import dev.retrospec.inspection.RunDiff.Line;
import dev.retrospec.patterns.Why;
import dev.retrospec.recommendations.ChangedFile;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiWordingTest {

  private final CiWording ci = new CiWording(new Wording(Clock.systemUTC()));

  @ParameterizedTest
  @CsvSource({"1, the same", "0.85, very close", "0.84, related", "0.3, a little alike"})
  void tellsHowAlikeTwoFailuresAre(double similarity, String words) {
    assertThat(ci.alike(similarity)).isEqualTo(words);
  }

  @Test
  void takesALikenessApart() {
    assertThat(ci.why(new Why(false, 0.92, 0.71, 1, false, List.of(), List.of())))
        .isEqualTo("stack 92 %, message 71 %, same type");
    assertThat(ci.why(new Why(false, 0, 0.4, 0, true, List.of(), List.of())))
        .isEqualTo("message 40 %, another code");
    assertThat(ci.why(new Why(true, 1, 1, 1, false, List.of(), List.of())))
        .startsWith("equal but for");
  }

  @ParameterizedTest
  @CsvSource({
    "pending, heuristic, A model is asked",
    "failed, heuristic, The model that was asked",
    "ready, heuristic, Written by rule",
    "ready, llama, 'Written by llama,'"
  })
  void saysBesideAnAnalysisWhoWroteItAndWhetherMoreIsToCome(
      String status, String writer, String words) {
    assertThat(ci.analysisNote(status, writer)).startsWith(words);
  }

  @Test
  void namesACallOfANamelessFunctionByItsFile() {
    assertThat(ci.frame("?@shop.test.mjs")).isEqualTo("shop.test.mjs");
    assertThat(ci.frame("priceOf@client.mjs")).isEqualTo("priceOf@client.mjs");
  }

  @Test
  void writesAnAnalysisAsParagraphsAndLists() {
    assertThat(ci.analysis("**Failed:** `a<b>`\n\n- one\n- two & three"))
        .isEqualTo(
            """
            <p><strong>Failed:</strong> <code>a&lt;b&gt;</code></p>
            <ul>
            <li>one</li>
            <li>two &amp; three</li>
            </ul>
            """);
    assertThat(ci.analysis(null)).isEmpty();
  }

  @Test
  void anAnalysisBringsNeitherHtmlNorLinksNorImages() {
    String html =
        ci.analysis(
            "<script>alert('x')</script>\n\n<b onclick=x>b</b> [here](javascript:alert(1))"
                + " ![shot](https://evil.test/x.png) [docs](https://a.test/?a=1&b=2)");

    assertThat(html)
        .doesNotContain("<script", "<b ", "<a", "<img", "href", "src=")
        .contains("&lt;script&gt;alert('x')&lt;/script&gt;")
        .contains("here (javascript:alert(1)) shot docs (https://a.test/?a=1&amp;b=2)");
  }

  @Test
  void writesAChangedFileWithTagsOfOursOnly() {
    FileDiff file =
        new FileDiff(
            new ChangedFile("a.html", ChangedFile.Change.MODIFIED, 1, 1),
            List.of(
                new Line(Kind.HUNK, 0, "@@ -1,2 +1,2 @@"),
                new Line(Kind.SAME, 1, "\t<p>&amp;"),
                new Line(Kind.DELETED, 2, "</pre><script>x</script>"),
                new Line(Kind.ADDED, 2, "if \u202e(admin)\u0007")),
            false);

    assertThat(ci.diff(file))
        .isEqualTo(
            "<span class=\"hunk\">@@ -1,2 +1,2 @@\n</span>"
                + "<span data-line=\"1\"> \t&lt;p&gt;&amp;amp;\n</span>"
                + "<del data-line=\"2\">-&lt;/pre&gt;&lt;script&gt;x&lt;/script&gt;\n</del>"
                + "<ins data-line=\"2\">+if [U+202E](admin)\uFFFD\n</ins>");
  }
}
