package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.sessions.ErrorDetail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the one function throws through which a site asks its servers. */
class RequestErrorsTest {

  private static final String GONE = "Request failed with status 404";

  private static final String WRAPPER =
      """
      HttpError: Request failed with status 404
          at new HttpError (src/http.js:4:5)
          at request (src/http.js:23:11)
      """;

  private static final String MINIFIED =
      "HttpError: x\n    at t (https://shop.test/app.3f2a9c1b.js:1:2)";

  private static final String CALLBACK =
      """
      HttpError: Request failed with status 404
          at new HttpError (src/http.js:4:5)
          at <anonymous> (src/main.js:23:11)
      """;

  @ParameterizedTest
  @CsvSource({
    "/orders/17, /orders/4, true",
    "/orders/17, /orders/4/lines, true",
    "/orders/17, /invoices/17, false",
    "/orders, /invoices, false"
  })
  void isOneFailureWithinAPartOfTheSite(String one, String other, boolean same) {
    assertThat(key(one, GONE, null, WRAPPER).equals(key(other, GONE, null, WRAPPER)))
        .isEqualTo(same);
    assertThat(key(one, GONE, MINIFIED, null).equals(key(other, GONE, MINIFIED, null)))
        .isEqualTo(same);
  }

  @Test
  void isOneFailureForEachStatus() {
    assertThat(key("/orders", "Request failed with status 500", null, WRAPPER))
        .isNotEqualTo(key("/orders", GONE, null, WRAPPER));
  }

  @Test
  void isOneFailureEverywhereWhereOnlyOnePlaceCanHaveThrownIt() {
    assertThat(key("/orders", GONE, null, CALLBACK))
        .isEqualTo(key("/invoices", GONE, null, CALLBACK));
  }

  @Test
  void withoutAStatusThePageDoesNotMatter() {
    assertThat(key("/orders", "no such order", null, WRAPPER))
        .isEqualTo(key("/invoices", "no such order", null, WRAPPER));
  }

  private static String key(
      String route, String message, @Nullable String stack, @Nullable String original) {
    ErrorDetail detail = new ErrorDetail("HttpError", message, stack, null, original);
    return Fingerprint.of(error(route, detail)).key().value();
  }
}
