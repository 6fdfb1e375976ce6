package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.CHROME;
import static dev.retrospec.issues.clustering.FailureFixture.thrown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.issues.clustering.Grouping.Part;
import dev.retrospec.signatures.stacks.JavaScriptName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackGroupingTest {

  private static final String FIREFOX =
      """
      showTotal@https://shop.test/assets/cart.js:10:15
      async*submit@https://shop.test/assets/cart.js:42:7
      """;
  private static final String SAFARI =
      """
      showTotal@https://shop.test/assets/cart.js:10:20
      """;

  @Test
  void chromeFirefoxAndSafariTellTheSameFailure() {
    String chrome =
        thrown("TypeError: Cannot read properties of undefined (reading 'total')", CHROME);
    String firefox =
        thrown("TypeError: can't access property \"total\", cart is undefined", FIREFOX);
    String safari =
        thrown("TypeError: undefined is not an object (evaluating 'cart.total')", SAFARI);

    assertThat(firefox).isEqualTo(chrome);
    assertThat(safari).isEqualTo(chrome);
  }

  @Test
  void lineColumnOriginQueryAndContentHashDoNotMatter() {
    String release2 =
        CHROME
            .replace("cart.js", "cart.js?v=2")
            .replace(":10:15", ":11:3")
            .replace("shop.test", "www.shop.example");

    assertThat(thrown("Error: boom", release2)).isEqualTo(thrown("Error: boom", CHROME));
  }

  @Test
  void anotherFunctionOrFileIsAnotherFailure() {
    String other = CHROME.replace("showTotal", "showTax");
    String elsewhere = CHROME.replace("cart.js", "basket.js");

    assertThat(thrown("Error: boom", other)).isNotEqualTo(thrown("Error: boom", CHROME));
    assertThat(thrown("Error: boom", elsewhere)).isNotEqualTo(thrown("Error: boom", CHROME));
  }

  @Test
  void framesOfPackagesExtensionsAndOurRecorderDoNotMatter() {
    String through =
        """
        TypeError: x
            at wrap (https://shop.test/node_modules/lib/index.js:1:1)
            at hook (chrome-extension://abcdef/inject.js:1:1)
            at fetch (https://rec.test/sdk/v1/retrospec.js:1:1)
            at Array.forEach (<anonymous>)
            at Cart.showTotal (https://shop.test/assets/cart.js:10:15)
        """;

    assertThat(thrown("Error: boom", through)).isEqualTo(thrown("Error: boom", CHROME));
  }

  @Test
  void depthOfRecursionDoesNotMatter() {
    String frame = "    at walk (https://shop.test/tree.js:1:1)\n";

    assertThat(frames("RangeError: x\n" + frame.repeat(9)))
        .isEqualTo(frames("RangeError: x\n" + frame))
        .containsExactly("walk tree.js");
  }

  @Test
  void namesWithinABundleAreItsMinifiersAndTheNextOneHasOthers() {
    assertThat(frames("E: x\n    at pay (https://shop.test/app.3f2a9c1b.js:1:2)"))
        .containsExactly("? app.js");
    assertThat(frames("E: x\n    at pay (https://shop.test/app.js:1:2)"))
        .containsExactly("pay app.js");
  }

  @Test
  void theTopmostNameDecidesWhateverCallbacksAndCallersAreTold() {
    String chrome = "E: x\n    at a.js:1:1\n    at pay (a.js:1:2)\n    at a.js:1:3";
    String firefox = "pay@a.js:1:2\nsubmit@a.js:9:3";

    assertThat(frames(chrome)).isEqualTo(frames(firefox)).containsExactly("pay a.js");
  }

  @Test
  void whatThrowsForItsCallerIsPassedOver() {
    String order = "E: x\n    at invariant (http.js:1:1)\n    at placeOrder (cart.js:1:2)";

    assertThat(frames(order)).containsExactly("placeOrder cart.js");
    assertThat(FailureFixture.exception("E", "no address", order).key())
        .isNotEqualTo(FailureFixture.exception("E", "no card", order).key());
  }

  @ParameterizedTest
  @CsvSource({"findOrFail", "getOrThrow", "getFiberIDThrows"})
  void whatIsNamedForThrowingThrowsForItsCaller(String name) {
    assertThat(frames("E: x\n    at " + name + " (db.js:1:1)\n    at loadCart (cart.js:1:2)"))
        .containsExactly("loadCart cart.js");
  }

  @Test
  void whoCalledTheLibraryThatCalledBackIsNoPlace() {
    String hook = "E: x\n    at main.js:1:1\n    at flush (node_modules/vue/index.js:1:1)";

    assertThat(frames(hook + "\n    at showPage (main.js:9:1)"))
        .isEqualTo(frames(hook))
        .containsExactly("? main.js");
  }

  @Test
  void aCallbackOfTheEnginesOwnFunctionsIsItsCallers() {
    assertThat(
            frames("E: x\n    at a.js:1:1\n    at Array.map (<anonymous>)\n    at pay (a.js:1:2)"))
        .containsExactly("pay a.js");
  }

  @Test
  void whatBuildsTheErrorAndWhatCallsAnybodyIsNoPlace() {
    assertThat(frames("E: x\n    at new HttpError (a.js:1:1)\n    at load (a.js:1:2)"))
        .containsExactly("load a.js");
    assertThat(frames("E: x\n    at a.js:1:1\n    at Bus.emit (bus.js:1:2)"))
        .containsExactly("? a.js");
  }

  @Test
  void minifiersNamesAreNoNames() {
    assertThat(frames("E: x\n    at t.ab (https://shop.test/app.3f2a9c1b.js:1:2)"))
        .isEqualTo(frames("q@https://shop.test/app.77aa9c10.js:1:2"))
        .isEqualTo(frames("aB3@https://shop.test/app.77aa9c10.js:1:2"))
        .containsExactly("? app.js");
  }

  @ParameterizedTest
  @CsvSource({
    "new Cart, Cart",
    "Object.total [as pay], total",
    "HTMLButtonElement.<anonymous>, ?",
    "Cart/total<, total",
    "total/<, ?",
    "global code, ?",
    "'', ?"
  })
  void functionNamesAreReducedToWhatAllEnginesTell(String told, String name) {
    assertThat(JavaScriptName.of(told)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.test/assets/index-BxKqLdQR.js:1:2, assets/index.js",
    "https://a.test/assets/index-B-x_9dQa.js:1:2, assets/index.js",
    "https://a.test/js/app.3f2a9c1b.chunk.js:1, js/app.chunk.js",
    "https://a.test/js/home-HomePage.js:1:1, js/home-HomePage.js",
    "https://a.test/js/ProductDetailPage.js:1:1, js/ProductDetailPage.js",
    "https://a.test/js/app-checkout.js?v=9:1:1, js/app-checkout.js",
    "https://a.test/js/app.min.js:1:1, js/app.js",
    "https://a.test/js/index-legacy-3f2a9c1b.js:1:1, js/index.js",
    "https://a.test/3f2a9c1b77/app.js:1:1, */app.js",
    "https://a.test/v1.22.3/app.js:1:1, */app.js",
    "https://a.test/chunk-2YHRXOQK.js:1:1, chunk.js",
    "https://a.test/_next/static/chunks/117-0b8f2c41a9d3.js:1:1, static/chunks/*.js",
    "https://a.test/_next/static/chunks/app/cart/page-5d2f1e0c9b8a.js:1:1, app/cart/page.js",
    "https://a.test/_next/static/spring-sale/pages/cart.js:1:1, */pages/cart.js",
    "webpack-internal:///./src/cart.js:12:3, src/cart.js",
    "webpack-internal:///(app-pages-browser)/./src/cart.tsx:12:3, src/cart.tsx",
    "webpack://shop/./src/cart.js?3f2a:12:3, src/cart.js",
    "https://a.test/orders/42:15:3, /orders/<n>",
    "https://a.test/orders/42.xhtml?x=1:15:3, /orders/<n>.xhtml",
    "blob:https://a.test/550e8400-e29b-41d4-a716-446655440000:1:2, blob:",
    "https://a.test/js/app.js line 7 > eval:1:2, js/app.js",
    "capacitor://localhost/js/app.js:1:1, js/app.js"
  })
  void filesLoseWhatAnotherBuildOrBrowserTells(String place, String file) {
    assertThat(frames("pay@" + place)).allMatch(frame -> frame.endsWith(" " + file));
    assertThat(frames("Error: x\n    at pay (" + place + ")")).isEqualTo(frames("pay@" + place));
  }

  private static List<String> frames(String stack) {
    return FailureFixture.exception("Error", "x", stack).hashed().stream()
        .filter(part -> part.name().equals("frame"))
        .map(Part::value)
        .toList();
  }
}
