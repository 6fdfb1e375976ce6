package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.onRoute;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteShapeTest {

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
}
