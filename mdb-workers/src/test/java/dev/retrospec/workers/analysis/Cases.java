package dev.retrospec.workers.analysis;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.sessions.Completeness;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RecorderCounts;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Stretch;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Believable cases for analyzers. A marker's id is {@code m} and its time. */
public final class Cases {

  /** The whole session, of its first two windows. */
  public static final List<Stretch> ALL_READ =
      List.of(new Stretch(0, 0, 60_000), new Stretch(1, 0, 60_000));

  private Cases() {}

  public static AnalysisCase of(ObservedMarker marker, Moment... moments) {
    return of(List.of(marker), moments);
  }

  public static AnalysisCase of(List<ObservedMarker> markers, Moment... moments) {
    return of(markers, Peers.NONE, moments);
  }

  public static AnalysisCase of(List<ObservedMarker> markers, Peers peers, Moment... moments) {
    List<Moment> sorted =
        Arrays.stream(moments).sorted(Comparator.comparingLong(Moment::atMs)).toList();
    return new AnalysisCase(session(), markers, new Found(true, sorted, true, ALL_READ), peers);
  }

  public static ObservedMarker failed(long atMs, String method, String url, int status) {
    return marker(
        MarkerKind.API_ERROR,
        "http_status",
        method + " " + url + " " + status,
        atMs,
        null,
        null,
        new RequestDetail(method, url, status, 100L, null),
        null);
  }

  public static ObservedMarker thrown(
      long atMs, String subkind, String message, @Nullable String stack) {
    return marker(
        MarkerKind.JS_EXCEPTION,
        subkind,
        message,
        atMs,
        null,
        new ErrorDetail(null, message, stack, null, null),
        null,
        null);
  }

  public static ObservedMarker pressed(
      long atMs, String subkind, String selector, @Nullable String text) {
    return marker(
        MarkerKind.UI_NO_EFFECT,
        subkind,
        "Rage click on " + (text == null ? selector : "\"" + text + "\""),
        atMs,
        null,
        null,
        null,
        new ElementDetail(selector, text));
  }

  public static ObservedMarker marker(
      MarkerKind kind,
      @Nullable String subkind,
      String label,
      long atMs,
      @Nullable String evidence,
      @Nullable ErrorDetail error,
      @Nullable RequestDetail request,
      @Nullable ElementDetail element) {
    return new ObservedMarker(
        new MarkerId("m" + atMs),
        kind,
        subkind,
        null,
        label,
        evidence,
        "/checkout",
        atMs,
        error,
        request,
        element,
        List.of(),
        Instant.EPOCH);
  }

  public static SessionView session() {
    return session(null, null);
  }

  public static SessionView session(@Nullable String release, @Nullable String browser) {
    Instant start = Instant.parse("2026-03-01T10:00:00Z");
    return new SessionView(
        new SessionId("s1"),
        new ProjectId("p1"),
        "shop.test",
        "/checkout",
        null,
        SessionStatus.READY,
        null,
        start,
        start.plusSeconds(60),
        60_000,
        null,
        "alice",
        null,
        null,
        release,
        null,
        null,
        browser,
        null,
        null,
        null,
        null,
        Map.of(),
        List.of(),
        List.of(),
        1,
        10,
        1_000,
        1,
        1,
        0,
        0,
        Completeness.of(1, 1, 0, RecorderCounts.NONE),
        start,
        start);
  }
}
