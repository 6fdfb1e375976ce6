package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Believable visits and failures for tests. */
public final class SessionFixture {

  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private SessionFixture() {}

  public static SessionFacts aVisit() {
    return visitOf("alice");
  }

  public static SessionFacts visitOf(String user) {
    return visit(user, START, Duration.ofSeconds(30));
  }

  public static SessionFacts visit(String user, Instant start, Duration length) {
    return visit(user, start, length, "1.4.0");
  }

  static SessionFacts visit(String user, Instant start, Duration length, String release) {
    return new SessionFacts(
        "shop.example",
        "/checkout",
        "https://shop.example/checkout",
        start,
        start.plus(length),
        SessionFacts.Extent.OBSERVED,
        null,
        user,
        "anon-1",
        "acme",
        release,
        "production",
        "Mozilla/5.0",
        new UserAgent("Chrome", "Windows", "Desktop"),
        1280,
        720,
        null,
        List.of("beta"));
  }

  public static ObservedMarker apiError(String id, int status) {
    return new ObservedMarker(
        new MarkerId(id),
        MarkerKind.API_ERROR,
        "http_status",
        null,
        "POST /api/pay answered " + status,
        "the pay button was pressed",
        "/checkout",
        1_500,
        null,
        new RequestDetail("POST", "https://shop.example/api/pay", status, 80L, null),
        null,
        List.of(),
        START.plusMillis(1_500));
  }

  public static ClusteredMarker clustered(ObservedMarker marker, String key) {
    return new ClusteredMarker(marker, new ClusterKey(key), new ClusterKey(key));
  }
}
