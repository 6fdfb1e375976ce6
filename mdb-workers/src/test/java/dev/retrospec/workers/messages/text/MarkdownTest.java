package dev.retrospec.workers.messages.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

  @Test
  @Timeout(10)
  void longStretchesAreReadInLinearTime() {
    for (String piece : List.of("_", " ", "\n", "`", "#", "\\")) {
      String stretch = "a" + piece.repeat(300_000) + "b";
      assertThat(Markdown.text(stretch)).isNotEmpty();
      assertThat(Markdown.foreign(stretch)).isNotEmpty();
      assertThat(Markdown.code(stretch)).isNotEmpty();
    }
  }

  @Test
  void testNamesStayReadable() {
    assertThat(Markdown.text("test_api_integration")).isEqualTo("test_api_integration");
    assertThat(Markdown.text("__init__ works")).isEqualTo("\\_\\_init\\_\\_ works");
  }

  @Test
  void foreignTextFormsNothing() {
    assertThat(Markdown.text("[x](http://evil) **b** <img src=x> `c`\n# h"))
        .isEqualTo("\\[x\\](http\u200B://evil) \\*\\*b\\*\\* \\<img src=x\\> \\`c\\` \\# h");
  }

  @Test
  void foreignTextCallsNobody() {
    assertThat(Markdown.text("thanks @octocat")).isEqualTo("thanks @\u200Boctocat");
  }

  @Test
  void codeIsNotEndedByItsContent() {
    assertThat(Markdown.code("a`b")).isEqualTo("``a`b``");
    assertThat(Markdown.code("`")).isEqualTo("`` ` ``");
    assertThat(Markdown.block("a\n````\n## h", "", "")).isEqualTo("`````\na\n````\n## h\n`````\n");
  }

  @Test
  void blocksStayInTheirListItem() {
    assertThat(Markdown.block("one\ntwo", "", "  ")).isEqualTo("  ```\n  one\n  two\n  ```\n");
  }

  @Test
  void anAnalysisKeepsItsMarksButNoHtmlAndNoOpenBlock() {
    assertThat(
            Markdown.foreign("## Cause\n<b>@ada</b> `List<T>` ![p](http://x)\n```java\nList<T> x;"))
        .isEqualTo(
            "#### Cause\n"
                + "&lt;b>@\u200Bada&lt;/b> `List<T>` [p](http://x)\n"
                + "```java\n"
                + "List<T> x;\n"
                + "```\n");
  }

  @Test
  void foreignTextBecomesNoLinkByItself() {
    assertThat(Markdown.text("see https://evil.test, www.evil.test or a-httpd:80"))
        .isEqualTo("see https\u200B://evil.test, www\u200B.evil.test or a-httpd:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "````\n```\n````\n%s",
        "~~~\n```\n~~~\n%s",
        "```\n``` not the end\n```\n%s",
        "- a\n  ```\n%s",
        "`a`` %s ```",
        "one `\ntwo ` %s `three`",
        "\\` %s `",
        "``` `\n%s"
      })
  void nothingLivesBehindAFenceThatLooksOpen(String analysis) {
    assertThat(Markdown.foreign(analysis.formatted("@acme/admins <img src=x>")))
        .contains("@\u200Bacme/admins &lt;img src=x>");
  }

  @Test
  void aFenceIsClosedAsItWasOpened() {
    assertThat(Markdown.foreign("````\n```\n@Test <b>")).isEqualTo("````\n```\n@Test <b>\n````\n");
    assertThat(Markdown.foreign("~~~java\n@Test\n~~~\ndone"))
        .isEqualTo("~~~java\n@Test\n~~~\ndone\n");
  }

  @Test
  void linksAreNotEndedByTheirAddress() {
    assertThat(Markdown.link("x", "https://a.test/(1)")).isEqualTo("[x](https://a.test/%281%29)");
  }
}
