package dev.retrospec.workers.messages.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void testNamesStayReadable() {
    assertThat(Markdown.text("test_api_integration")).isEqualTo("test_api_integration");
    assertThat(Markdown.text("__init__ works")).isEqualTo("\\_\\_init\\_\\_ works");
  }

  @Test
  void foreignTextFormsNothing() {
    assertThat(Markdown.text("[x](http://evil) **b** <img src=x> `c`\n# h"))
        .isEqualTo("\\[x\\](http://evil) \\*\\*b\\*\\* \\<img src=x\\> \\`c\\` \\# h");
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
            "#### Cause\n&lt;b>@\u200Bada&lt;/b> `List<T>` [p](http://x)\n```java\nList<T> x;\n```\n");
  }

  @Test
  void linksAreNotEndedByTheirAddress() {
    assertThat(Markdown.link("x", "https://a.test/(1)")).isEqualTo("[x](https://a.test/%281%29)");
  }
}
