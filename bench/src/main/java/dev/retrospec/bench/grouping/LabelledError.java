package dev.retrospec.bench.grouping;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An error as the SDK tells it, of which it is known what it belongs to.
 *
 * @param project errors of two projects are never one
 * @param fault the same for all errors that one mistake of the site has caused
 * @param heldOut not to be looked at by whoever tunes
 * @param source engine, version and build that it was recorded with, or the public report
 * @param deploy which of ten deploys it was seen in, from 1; 0 in the set itself
 */
public record LabelledError(
    String project,
    String fault,
    boolean heldOut,
    String kind,
    @Nullable String subkind,
    String route,
    String label,
    @Nullable Thrown error,
    @Nullable Request request,
    @Nullable Element element,
    String source,
    int deploy) {

  /** What was thrown, as the browser tells it. */
  public record Thrown(
      @Nullable String type,
      @Nullable String message,
      @Nullable String stack,
      @Nullable String cause,
      @Nullable String originalStack) {}

  /** The request that failed. */
  public record Request(String method, String url, int status) {}

  /** The element that the visitor acted on. */
  public record Element(@Nullable String selector, @Nullable String text) {}

  String faultOfProject() {
    return project + "/" + fault;
  }

  /** What ingest would hand to the fingerprint. */
  ObservedMarker marker() {
    return new ObservedMarker(
        new MarkerId(
            UUID.nameUUIDFromBytes((source + fault).getBytes(StandardCharsets.UTF_8)).toString()),
        MarkerKind.fromWireName(kind),
        subkind,
        null,
        label,
        null,
        route,
        0,
        error == null
            ? null
            : new ErrorDetail(
                error.type(), error.message(), error.stack(), error.cause(), error.originalStack()),
        request == null
            ? null
            : new RequestDetail(request.method(), request.url(), request.status(), null, null),
        element == null ? null : new ElementDetail(element.selector(), element.text()),
        List.of(),
        Instant.EPOCH);
  }
}
