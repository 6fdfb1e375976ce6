package dev.retrospec.web.snapshots;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.snapshots.SnapshotFailure;
import dev.retrospec.snapshots.SnapshotLinks;
import dev.retrospec.snapshots.SnapshotStatus;
import dev.retrospec.snapshots.SnapshotView;
import dev.retrospec.snapshots.Viewport;
import dev.retrospec.web.http.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a snapshot looks on the wire, and what is said instead when there is none. */
final class SnapshotAnswers {

  private static final int RETRY_AFTER_SECONDS = 300;

  /**
   * A snapshot.
   *
   * @param timestamp when it was taken; when it was asked for while it is pending
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Snapshot(
      SnapshotId id,
      TestRunId testRunId,
      Instant timestamp,
      SnapshotStatus status,
      @Nullable String failure,
      @Nullable String screenshotUrl,
      @Nullable String htmlDumpUrl,
      @Nullable String harUrl,
      @Nullable String consoleLogsUrl,
      @Nullable String domUrl,
      Metadata metadata) {}

  /** How it was taken. */
  public record Metadata(Viewport viewport, @Nullable String userAgent, String url) {}

  /** The problem's fields, and the two of document 002. */
  record CaptureProblem(
      String type,
      String title,
      int status,
      String detail,
      String error,
      String message,
      SnapshotId snapshotId) {}

  private SnapshotAnswers() {}

  static Snapshot of(SnapshotView view, SnapshotLinks links) {
    SnapshotLinks.Links urls = links.of(view);
    return new Snapshot(
        view.id(),
        view.testRunId(),
        view.takenAt() == null ? view.createdAt() : view.takenAt(),
        view.status(),
        view.failure(),
        urls.screenshot(),
        urls.htmlDump(),
        urls.har(),
        urls.consoleLogs(),
        urls.dom(),
        new Metadata(view.viewport(), view.userAgent(), view.url()));
  }

  /** The answer to who waited; {@code ended} is empty when it took too long. */
  static Response ofWait(SnapshotId id, Optional<SnapshotView> ended, SnapshotLinks links) {
    if (ended.isEmpty()) {
      return failed(id, Status.INTERNAL_SERVER_ERROR, "it takes longer than a request may wait");
    }
    SnapshotView view = ended.get();
    if (view.isReady()) {
      return Response.ok(of(view, links)).build();
    }
    String reason = view.failure() == null ? "no reason is known" : view.failure();
    if (view.failureCode() == SnapshotFailure.ADDRESS_REFUSED) {
      return Refusal.of(Status.FORBIDDEN, reason);
    }
    return failed(
        id,
        view.failureCode() == SnapshotFailure.NO_BROWSER
            ? Status.SERVICE_UNAVAILABLE
            : Status.INTERNAL_SERVER_ERROR,
        reason);
  }

  private static Response failed(SnapshotId id, Status status, String reason) {
    Response.ResponseBuilder answer =
        Response.status(status)
            .type(MediaType.valueOf("application/problem+json"))
            .entity(
                new CaptureProblem(
                    "about:blank",
                    status.getReasonPhrase(),
                    status.getStatusCode(),
                    reason,
                    "Snapshot capture failed",
                    reason,
                    id));
    if (status == Status.SERVICE_UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.build();
  }
}
