package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.sessions.MarkerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What in a label varies with the visit, seen in the key that it leads to. */
class TextMaskTest {

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
}
