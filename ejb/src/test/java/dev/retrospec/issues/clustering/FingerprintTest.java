package dev.retrospec.issues.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

  private static final String CHROME =
      """
      TypeError: Cannot read properties of undefined (reading 'total')
          at Cart.showTotal (https://shop.test/assets/cart-B3xK9dQa.js:10:15)
          at async submit (https://shop.test/assets/cart-B3xK9dQa.js:42:7)
      """;
  private static final String FIREFOX =
      """
      showTotal@https://shop.test/assets/cart-B3xK9dQa.js:10:15
      async*submit@https://shop.test/assets/cart-B3xK9dQa.js:42:7
      """;
  private static final String SAFARI =
      """
      showTotal@https://shop.test/assets/cart-B3xK9dQa.js:10:20
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Order 12345 failed                          | Order 99 failed
          User ann@example.com is unknown             | User bob.b+x@mail.example.org is unknown
          error ann@example.com                       | error bob@example.com
          No item 550e8400-e29b-41d4-a716-446655440000 | No item 123e4567-e89b-12d3-a456-426614174000
          error 550e8400-e29b-41d4-a716-446655440000  | error 123e4567-e89b-12d3-a456-426614174000
          Cart 01ARZ3NDEKTSV4RRFFQ69G5FAV is gone     | Cart 01BX5ZZKBKACTAV9WEVGEMMVRZ is gone
          Commit 3f2a9c1b                             | Commit deadbe3f99
          at 0x7fff                                   | at 0x1a2b
          Payment cus_Nx8fk39dkZ1 refused             | Payment cus_Q8s7dk29sLa refused
          failed at 2026-01-02T03:04:05Z              | failed at 2026-05-06T07:08:09.123Z
          no route to 10.0.0.1:8080                   | no route to 192.168.1.77:80
          took 42ms                                   | took 1730ms
          took 1.5 s                                  | took 12 s
          Error: 42 rows                              | Error: 7 rows
          passenger12345_name invalid                 | passenger99999_name invalid
          GET https://a.test/api/orders/1?x=1 failed  | GET https://b.test/api/orders/22?x=2#y failed
          Uncaught Error: boom                        | Error: boom
          Uncaught (in promise) Error: boom           | Error: boom
          too   many    blanks                        | too many blanks
          Failed to fetch                             | NetworkError when attempting to fetch resource.
          Can't find variable: cart                   | cart is not defined
          app.cart.pay is not a function              | cart.pay is not a function. (In 'cart.pay()', 'cart.pay' is undefined)
          """)
  void labelsOfOneFailureGetOneKey(String one, String other) {
    assertThat(key(MarkerKind.JS_EXCEPTION, one)).isEqualTo(key(MarkerKind.JS_EXCEPTION, other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          HTTP 500                              | HTTP 404
          HTTP/1.1 502 on load                  | HTTP/1.1 503 on load
          Request failed with status code 500   | Request failed with status code 404
          status=401                            | status=403
          404 Not Found                         | 500 Internal Server Error
          net::ERR_CONNECTION_REFUSED           | net::ERR_NAME_NOT_RESOLVED
          net::ERR_HTTP2_PROTOCOL_ERROR         | net::ERR_HTTP3_PROTOCOL_ERROR
          SQLSTATE[23505]: violation            | SQLSTATE[23503]: violation
          SQLSTATE 42P01                        | SQLSTATE 42703
          connect ECONNREFUSED                  | connect ETIMEDOUT
          E1001: no stock                       | E1002: no stock
          ORA-00942                             | ORA-00001
          Minified React error #185             | Minified React error #310
          exit code 1                           | exit code 137
          errno 13                              | errno 2
          Cannot save order                     | Cannot save customer
          GET https://a.test/api/orders failed  | GET https://a.test/api/carts failed
          a is not defined                      | b is not defined
          """)
  void labelsOfTwoFailuresGetTwoKeys(String one, String other) {
    assertThat(key(MarkerKind.JS_EXCEPTION, one)).isNotEqualTo(key(MarkerKind.JS_EXCEPTION, other));
  }

  @ParameterizedTest
  @CsvSource({
    "POST /api/pay 500, POST /api/pay 404, false",
    "POST /api/pay/17 500, POST /api/pay/99 500, true",
    "GET /orders/500 failed, GET /orders/404 failed, true",
    "GET /api/v1/orders 500, GET /api/v2/orders 500, false",
    "checkout-500, checkout-502, false",
    "500 while paying, 503 while paying, false"
  })
  void loneNumberFrom400To599IsAStatusInWhatIsSaidOfARequest(
      String one, String other, boolean same) {
    assertThat(key(MarkerKind.API_ERROR, one).equals(key(MarkerKind.API_ERROR, other)))
        .isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/42, /orders/7/, true",
    "/orders/42?tab=1, https://shop.test/orders/8#top, true",
    "//shop.test/orders/42, /orders/8, true",
    "/orders/42;jsessionid=AB12, /orders/8, true",
    "/u/550e8400-e29b-41d4-a716-446655440000/cart, /u/3f2a9c1b77/cart, true",
    "/#/orders/42, /#/orders/8?x=1, true",
    "orders/42, /orders/8, true",
    "'', /, true",
    "/#/orders, /#/carts, false",
    "/orders, /carts, false",
    "/orders/42/lines, /orders/42, false",
    "/go?to=https://a.test/x, /go?to=https://b.test/y, true"
  })
  void routesAreComparedByTheirShape(String one, String other, boolean same) {
    assertThat(onRoute(one).equals(onRoute(other))).isEqualTo(same);
  }

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
            .replace("cart-B3xK9dQa.js", "cart-99fA7xWq.js?v=2")
            .replace(":10:15", ":11:3")
            .replace("shop.test", "www.shop.example");

    assertThat(thrown("Error: boom", release2)).isEqualTo(thrown("Error: boom", CHROME));
  }

  @Test
  void anotherFunctionOrFileIsAnotherFailure() {
    String other = CHROME.replace("showTotal", "showTax");
    String elsewhere = CHROME.replace("cart-", "basket-");

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
            at Cart.showTotal (https://shop.test/assets/cart-B3xK9dQa.js:10:15)
        """;

    assertThat(thrown("Error: boom", through)).isEqualTo(thrown("Error: boom", CHROME));
  }

  @Test
  void depthOfRecursionDoesNotMatter() {
    String frame = "    at walk (https://shop.test/tree.js:1:1)\n";

    assertThat(StackShape.of("RangeError: x\n" + frame.repeat(9)))
        .isEqualTo(StackShape.of("RangeError: x\n" + frame))
        .containsExactly("walk /tree.js");
  }

  @Test
  void minifiersNamesAreNoNames() {
    assertThat(StackShape.of("E: x\n    at t.ab (https://shop.test/app.3f2a9c1b.js:1:2)"))
        .isEqualTo(StackShape.of("q@https://shop.test/app.77aa9c10.js:1:2"))
        .containsExactly("? /app.js");
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
    assertThat(StackShape.functionName(told)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.test/assets/index-BxKqLdQR.js:1:2, /assets/index.js",
    "https://a.test/js/app.3f2a9c1b.chunk.js:1, /js/app.chunk.js",
    "https://a.test/js/home-HomePage.js, /js/home-HomePage.js",
    "https://a.test/js/app-checkout.js?v=9:1:1, /js/app-checkout.js",
    "https://a.test/3f2a9c1b77/app.js, /<id>/app.js"
  })
  void filesLoseTheirContentHash(String place, String file) {
    assertThat(StackShape.file(place)).isEqualTo(file);
  }

  @Test
  void kindHintAndStatusTellFailuresApart() {
    assertThat(key(MarkerKind.JS_EXCEPTION, "boom"))
        .isNotEqualTo(key(MarkerKind.UI_NO_EFFECT, "boom"));
    assertThat(key(marker(MarkerKind.API_ERROR, "pay", "hint-a", null, null)))
        .isNotEqualTo(key(marker(MarkerKind.API_ERROR, "pay", "hint-b", null, null)));
    assertThat(key(marker(MarkerKind.API_ERROR, "pay", null, null, 500)))
        .isNotEqualTo(key(marker(MarkerKind.API_ERROR, "pay", null, null, 404)));
  }

  @Test
  void partsDoNotRunIntoEachOther() {
    assertThat(key(marker(MarkerKind.API_ERROR, "b", "a", null, null)))
        .isNotEqualTo(key(marker(MarkerKind.API_ERROR, "ab", null, null, null)));
  }

  @Test
  void keyCarriesTheVersionAndIsOneUrlSegment() {
    assertThat(key(MarkerKind.JS_EXCEPTION, "boom")).matches("v1-[0-9a-f]{32}");
  }

  /** A change here is a new version: keys that are stored would not be found again. */
  @Test
  void v1StaysAsItIs() {
    assertThat(
            Fingerprint.basis(
                marker(MarkerKind.API_ERROR, "POST /api/pay/17 500", "Pay", CHROME, 500)))
        .isEqualTo(
            String.join(
                "\u001f",
                "api_error",
                "/checkout/<n>",
                "Pay",
                "POST /api/pay/<n> 500",
                "500",
                "showTotal /assets/cart.js"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "@",
        "a@",
        "-",
        "a-",
        "1-",
        ":",
        "://",
        "a://",
        "(",
        " at ",
        "\n",
        "\u0000",
        "\ud800",
        "\udc00",
        "http://",
        "status code ",
        "0x",
        "%",
        ".",
        "1.",
        "T",
        "\t",
        "é",
        "٣",
        "undefined is not an object (evaluating '",
        "'",
        "x is not a function",
        "@https://a/b:1:1\n",
        "    at f (https://a.test/b.js:1:2)\n",
        "(((((",
        "/",
        "#",
        "?",
        ";",
        "async*",
        "e\u0301"
      })
  @Timeout(5)
  void hostileTextTakesLinearTime(String piece) {
    String huge = piece.repeat(2_000_000 / piece.length());

    assertThatCode(
            () -> {
              ObservedMarker hostile = marker(MarkerKind.API_ERROR, huge, huge, huge, 1);
              key(hostile);
              Symptom.of(hostile);
            })
        .doesNotThrowAnyException();
  }

  @Test
  @Timeout(10)
  void aThousandLongMarkersTakeLessThanSeconds() {
    String text = "GET https://a.test/x/1 ann@example.com 550e8400-e29b-41d4-a716-446655440000 ";
    ObservedMarker marker =
        marker(MarkerKind.API_ERROR, text.repeat(50), text, CHROME.repeat(40), 1);
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      key(marker);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void symptomIsOneShortLine() {
    String long300 = "x".repeat(198) + "\ud83d\ude00" + "y".repeat(100);

    assertThat(
            Symptom.of(
                marker(MarkerKind.JS_EXCEPTION, "Uncaught Error:\n boom\u0000!", null, null, null)))
        .isEqualTo("Error: boom !");
    assertThat(Symptom.of(marker(MarkerKind.JS_EXCEPTION, long300, null, null, null)))
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("x…");
  }

  @Test
  void confidenceGrowsWithVisitorsMoreThanWithSessions() {
    double one = Confidence.of(MarkerKind.JS_EXCEPTION, 1, 1);
    double sameVisitorAgain = Confidence.of(MarkerKind.JS_EXCEPTION, 2, 1);
    double anotherVisitor = Confidence.of(MarkerKind.JS_EXCEPTION, 2, 2);

    assertThat(List.of(one, sameVisitorAgain, anotherVisitor)).isSorted().doesNotHaveDuplicates();
    assertThat(Confidence.of(MarkerKind.UI_NO_EFFECT, 2, 2)).isLessThan(anotherVisitor);
    assertThat(Confidence.of(MarkerKind.JS_EXCEPTION, 100_000, 100_000)).isEqualTo(0.99);
    assertThat(Confidence.of(MarkerKind.JS_EXCEPTION, 0, 0)).isZero();
  }

  private static String key(ObservedMarker marker) {
    return Fingerprint.of(marker).value();
  }

  private static String key(MarkerKind kind, String label) {
    return key(marker(kind, label, null, null, null));
  }

  private static String thrown(String label, String stack) {
    return key(marker(MarkerKind.JS_EXCEPTION, label, null, stack, null));
  }

  private static String onRoute(String route) {
    return key(
        new ObservedMarker(
            new MarkerId("m1"),
            MarkerKind.UI_NO_EFFECT,
            null,
            null,
            "dead",
            null,
            route,
            0,
            null,
            null,
            null,
            Instant.EPOCH));
  }

  private static ObservedMarker marker(
      MarkerKind kind,
      String label,
      @Nullable String hint,
      @Nullable String stack,
      @Nullable Integer status) {
    return new ObservedMarker(
        new MarkerId("m1"),
        kind,
        null,
        hint,
        label,
        null,
        "/checkout/17",
        0,
        stack == null ? null : new ErrorDetail("Error", "boom", stack, null),
        status == null ? null : new RequestDetail("POST", "https://a.test/api", status, 5L),
        null,
        Instant.EPOCH);
  }
}
