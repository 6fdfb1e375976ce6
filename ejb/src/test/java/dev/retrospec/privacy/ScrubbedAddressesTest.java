package dev.retrospec.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses within texts, alone, and in lists. */
class ScrubbedAddressesTest {

  private final Scrubber scrubber = new Scrubber();

  private static final String LONG = "12345678901234567890123456789012345678901";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET https://a.example/p/1?q=ann&page=2#top|GET https://a.example/p/1?q=[value]&page=2#top",
        "https://a.example/cb#access_token=abc&state=1|https://a.example/cb#access_token=[value]&state=[value]",
        "visit https://react.dev/errors/418?text&args[]=_ for|visit https://react.dev/errors/418?text&args[]=[value] for",
        "https://a.example/#/route?name=ann|https://a.example/#/route?name=[value]",
        "https://ann:pw@a.example/x|https://[user]@a.example/x",
        "postgres://root:pw@db:5432/x|postgres://[user]@db:5432/x",
        "at f (https://a.example/app.js?t=17:10:5)|at f (https://a.example/app.js?t=[value]:10:5)",
        "at f (https://a.example/app.js:10:5)|at f (https://a.example/app.js:10:5)",
        "see https://a.example/u/ann@example.org/x.|see https://a.example/u/[email]/x.",
        "https://a.example/x?a=(b)c d|https://a.example/x?a=[value] d",
        "https://a.example/x?page=ann@example.org|https://a.example/x?page=[email]"
      })
  void findsAddressesInText(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/cart?email=ann|/cart?email=[value]",
        "//cdn.example/x?k=v|//cdn.example/x?k=[value]",
        "?a=b&c|?a=[value]&c",
        "mailto:ann@example.org?subject=Hi|mailto:[email]?subject=[value]",
        "tel:+4917112345|tel:[phone]",
        "javascript:alert(1)|about:blank",
        "'  JaVa\tscript:alert(1)'|about:blank",
        "vbscript:x|about:blank",
        "data:text/html;base64,PHNjcmlwdD4=|about:blank",
        "data:application/xhtml+xml,<x/>|about:blank",
        "/reset/Xk29sLq0ZmPt7yBv4NcR8wEa|/reset/[secret]",
        "https://a.example/t/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b/x|https://a.example/t/[secret]/x",
        "/shop;jsessionid=AB12CD34;lang=en/cart|/shop;jsessionid=[value];lang=en/cart",
        "https://a.example/?page=" + LONG + "|https://a.example/?page=[value]"
      })
  void scrubsAddresses(String url, String expected) {
    assertThat(scrubber.scrubUrl(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "#top",
        "/a/b/c.css?v=12",
        "https://cdn.example/i/logo@2x.png?w=320&h=240",
        "https://unpkg.com/vue@3.2.1/dist/vue.js",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA4111111111111111",
        "blob:https://a.example/550e8400-e29b-41d4-a716-446655440000",
        "about:blank",
        "/orders/550e8400-e29b-41d4-a716-446655440000/edit",
        "/static/8f14e45fceea167a5a36dedd4bea2543.png",
        "app/x:y",
        "mailto:"
      })
  void leavesHarmlessAddressesAndTheirInstance(String url) {
    assertThat(scrubber.scrubUrl(url)).isSameAs(url);
  }

  @Test
  void scrubsEachAddressOfAList() {
    char[] list = "/a.png?k=1 1x, /b.png?k=2 2x".toCharArray();
    ScrubPass pass = scrubber.newPass();
    assertThat(pass.urlList(list, 0, list.length)).isTrue();
    assertThat(new String(pass.buffer(), 0, pass.length()))
        .isEqualTo("/a.png?k=[value] 1x, /b.png?k=[value] 2x");
  }
}
