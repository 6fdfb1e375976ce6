package dev.retrospec.issues.clustering;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Markers of failures as browsers report them, and the keys that they lead to. */
final class FailureFixture {

  static final String CHROME =
      """
      TypeError: Cannot read properties of undefined (reading 'total')
          at Cart.showTotal (https://shop.test/assets/cart.js:10:15)
          at async submit (https://shop.test/assets/cart.js:42:7)
      """;

  private FailureFixture() {}

  static String key(ObservedMarker marker) {
    return Fingerprint.of(marker).key().value();
  }

  static String key(MarkerKind kind, String label) {
    return key(marker(kind, label, null, null, null));
  }

  static String thrown(String label, String stack) {
    return key(marker(MarkerKind.JS_EXCEPTION, label, null, stack, null));
  }

  /** An exception as the SDK reports it. */
  static Grouping exception(String type, String message, @Nullable String stack) {
    return Fingerprint.of(error("/checkout/17", new ErrorDetail(type, message, stack, null, null)));
  }

  static ObservedMarker error(String route, ErrorDetail error, String... fingerprint) {
    return new ObservedMarker(
        new MarkerId("m1"),
        MarkerKind.JS_EXCEPTION,
        "uncaught",
        null,
        error.type() + ": " + error.message(),
        null,
        route,
        0,
        error,
        null,
        null,
        List.of(fingerprint),
        Instant.EPOCH);
  }

  /** A marker that nothing was thrown for. */
  static Grouping place(
      MarkerKind kind,
      String subkind,
      String label,
      String route,
      @Nullable RequestDetail request,
      @Nullable String selector) {
    return place(kind, subkind, label, route, request, selector, null);
  }

  static Grouping place(
      MarkerKind kind,
      String subkind,
      String label,
      String route,
      @Nullable RequestDetail request,
      @Nullable String selector,
      @Nullable String text) {
    return Fingerprint.of(
        new ObservedMarker(
            new MarkerId("m1"),
            kind,
            subkind,
            null,
            label,
            null,
            route,
            0,
            null,
            request,
            selector == null ? null : new ElementDetail(selector, text),
            List.of(),
            Instant.EPOCH));
  }

  static String onRoute(String route) {
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
            List.of(),
            Instant.EPOCH));
  }

  static ObservedMarker marker(
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
        stack == null ? null : new ErrorDetail("Error", "boom", stack, null, null),
        status == null ? null : new RequestDetail("POST", "https://a.test/api", status, 5L, null),
        null,
        List.of(),
        Instant.EPOCH);
  }
}
