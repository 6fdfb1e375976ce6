package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.RequestDetail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceGroupingTest {

  @ParameterizedTest
  @CsvSource({
    "POST, /api/orders/1, 500, POST, https://shop.test/api/orders/2?x=1, 500, true",
    "POST, /api/orders/1, 500, POST, /api/orders/1, 502, false",
    "POST, /api/orders, 500, GET, /api/orders, 500, false",
    "GET, /api/orders, 500, GET, /api/carts, 500, false",
    "GET, /assets/app-3f2a9c1b.js, 404, GET, /assets/app-77aa9c10.js, 404, true"
  })
  void aFailedRequestIsKnownByMethodAddressAndStatusOnEveryPage(
      String method1,
      String url1,
      int status1,
      String method2,
      String url2,
      int status2,
      boolean same) {
    Grouping one = failed("/a", method1, url1, status1);
    Grouping other = failed("/b", method2, url2, status2);

    assertThat(one.rule()).isEqualTo(GroupingRule.PLACE);
    assertThat(other.key().equals(one.key())).isEqualTo(same);
  }

  private static Grouping failed(String route, String method, String url, int status) {
    RequestDetail request = new RequestDetail(method, url, status, 5L, null);
    return place(MarkerKind.API_ERROR, "http_status", method + " " + url, route, request, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "form:table:17:save | form:table:3:save | true",
        "button#form:table:17:save | button#form:table:3:save | true",
        "button#j_idt42:save | button#j_idt17:save | true",
        "button#radix-:r1: | button#radix-:r2f: | true",
        "input#mui-123 | input#mui-77 | true",
        "button#ember123 | button#ember9 | true",
        "button.css-1x2y3z.primary#save | button.css-9a8b7c.primary#save | true",
        "button.Button_root__3xK2a#pay | button.Button_root__9zT1b#pay | true",
        "tr:nth-child(3) > button#save | tr:nth-child(9) > button#save | true",
        "button#save | button#delete | false",
        "div > button[name=a] | div > button[name=b] | false"
      })
  void whatFrameworksGenerateInAnElementsNameDoesNotMatter(String one, String other, boolean same) {
    assertThat(dead("/orders/1", one, "Save").equals(dead("/orders/2", other, "Speichern")))
        .isEqualTo(same);
  }

  @Test
  void anElementWithoutANameIsKnownByItsLabelToo() {
    assertThat(dead("/a", "div > button.primary", "Save"))
        .isNotEqualTo(dead("/a", "div > button.primary", "Delete"));
  }

  @Test
  void whatHasNoEffectOnOnePageIsNotWhatHasNoneOnAnother() {
    assertThat(dead("/a", "button#save", "x")).isNotEqualTo(dead("/b", "button#save", "x"));
  }

  @Test
  void theSlugBehindAnIdDoesNotMatterForWhatHasAName() {
    assertThat(dead("/p/4711/red-shoes", "button#buy", "Buy"))
        .isEqualTo(dead("/p/5/chaussures", "button#buy", "Acheter"));
    assertThat(dead("/p/4711/red-shoes", "div > button.primary", "Buy"))
        .isNotEqualTo(dead("/p/5/chaussures", "div > button.primary", "Buy"));
  }

  @ParameterizedTest
  @CsvSource({"button#save, Save", "div > button.primary, Save", "body > div.veil, "})
  void whoPressesADeadControlInAngerMeetsTheSameFault(String selector, @Nullable String text) {
    assertThat(clicked("rage_click", "Rage click on " + selector, selector, text))
        .isEqualTo(clicked("dead_click", "Dead click on " + selector, selector, text))
        .isNotEqualTo(clicked("dead_click", "Dead click on a.other", "a.other", text));
  }

  @Test
  void aFailureIsTheSameWhetherAClickOrAKeyCausedIt() {
    RequestDetail request = new RequestDetail("POST", "/api/orders", 502, 5L, null);
    String label = "POST /api/orders 502";

    assertThat(place(MarkerKind.API_ERROR, "error_click", label, "/a", request, "button#pay").key())
        .isEqualTo(place(MarkerKind.API_ERROR, "http_status", label, "/a", request, null).key());
  }

  private static String clicked(
      String subkind, String label, String selector, @Nullable String text) {
    return place(MarkerKind.UI_NO_EFFECT, subkind, label, "/a", null, selector, text).key().value();
  }

  private static String dead(String route, String selector, String text) {
    String label = "Dead click on " + text;
    return place(MarkerKind.UI_NO_EFFECT, "dead_click", label, route, null, selector).key().value();
  }
}
