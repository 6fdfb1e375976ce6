package dev.retrospec.workers.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.moments.MarkerMoments;
import dev.retrospec.workers.moments.Moment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of an {@code analysis_json} artifact: the windows around the markers and what
 * happened in them. Times are milliseconds since the session's start.
 *
 * @param complete false when the windows held more than is listed
 */
record WindowSummary(
    String schemaVersion,
    String projectId,
    String sessionId,
    String site,
    String route,
    Instant startedAt,
    long durationMs,
    String triggerKind,
    Instant generatedAt,
    List<Marker> markers,
    List<Window> windows,
    boolean complete) {

  static final String SCHEMA = "retrospec.analysis.v1";

  /** Of one window; enough to tell the story, small enough to be read at once. */
  private static final int MAX_EVENTS = 400;

  record Marker(
      String id, String kind, @Nullable String subkind, String label, long replayOffsetMs) {}

  record Window(long startMs, long endMs, Counts counts, List<Event> events) {}

  record Counts(
      int consoleErrors,
      int requests,
      int failedRequests,
      int clicks,
      int inputs,
      int pageChanges) {}

  /** Only what the kind has. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Event(
      long atMs,
      String kind,
      @Nullable String level,
      @Nullable String text,
      @Nullable String method,
      @Nullable String url,
      @Nullable Integer status,
      @Nullable Long durationMs,
      @Nullable Long nodeId,
      @Nullable Integer added,
      @Nullable Integer removed,
      @Nullable Integer changed) {}

  static WindowSummary of(
      SessionView session,
      List<ObservedMarker> markers,
      List<ReplayWindow> windows,
      MarkerMoments.Found found,
      String triggerKind,
      Instant now) {
    ProjectId project = session.projectId();
    SessionId id = session.id();
    return new WindowSummary(
        SCHEMA,
        project.value(),
        id.value(),
        session.site(),
        session.route(),
        session.startedAt(),
        session.durationMs(),
        triggerKind,
        now,
        markers.stream()
            .map(
                marker ->
                    new Marker(
                        marker.id().value(),
                        marker.kind().wireName(),
                        marker.subkind(),
                        marker.label(),
                        marker.replayOffsetMs()))
            .toList(),
        windows.stream().map(window -> window(window, found.moments())).toList(),
        found.complete());
  }

  private static Window window(ReplayWindow window, List<Moment> moments) {
    List<Moment> inside =
        moments.stream()
            .filter(moment -> moment.atMs() >= window.startMs() && moment.atMs() <= window.endMs())
            .toList();
    return new Window(
        window.startMs(),
        window.endMs(),
        counts(inside),
        inside.stream().limit(MAX_EVENTS).map(WindowSummary::event).toList());
  }

  private static Counts counts(List<Moment> moments) {
    int consoleErrors = 0;
    int requests = 0;
    int failedRequests = 0;
    int clicks = 0;
    int inputs = 0;
    int pageChanges = 0;
    for (Moment moment : moments) {
      if (moment instanceof Moment.ConsoleEntry entry) {
        consoleErrors += entry.isError() ? 1 : 0;
      } else if (moment instanceof Moment.RequestEnded request) {
        requests++;
        failedRequests += request.failed() ? 1 : 0;
      } else if (moment instanceof Moment.Clicked) {
        clicks++;
      } else if (moment instanceof Moment.Entered) {
        inputs++;
      } else if (moment instanceof Moment.PageChanged) {
        pageChanges++;
      }
    }
    return new Counts(consoleErrors, requests, failedRequests, clicks, inputs, pageChanges);
  }

  static Event event(Moment moment) {
    long at = moment.atMs();
    if (moment instanceof Moment.ConsoleEntry entry) {
      return plain(at, "console", entry.level(), entry.text());
    }
    if (moment instanceof Moment.RequestEnded request) {
      return new Event(
          at,
          "network",
          null,
          null,
          request.method(),
          request.url(),
          request.status(),
          request.durationMs(),
          null,
          null,
          null,
          null);
    }
    if (moment instanceof Moment.Navigated navigated) {
      return new Event(
          at, "navigation", null, null, null, navigated.url(), null, null, null, null, null, null);
    }
    if (moment instanceof Moment.Clicked clicked) {
      return onNode(at, "click", clicked.nodeId());
    }
    if (moment instanceof Moment.Entered entered) {
      return onNode(at, "input", entered.nodeId());
    }
    if (moment instanceof Moment.PageChanged change) {
      return new Event(
          at,
          "mutation",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          change.added(),
          change.removed(),
          change.texts() + change.attributes());
    }
    if (moment instanceof Moment.Pressed pressed) {
      return plain(
          at, "control", null, pressed.label().isBlank() ? pressed.selector() : pressed.label());
    }
    if (moment instanceof Moment.BusyChanged busy) {
      return plain(at, "waiting", busy.on() ? "begins" : "ends", busy.what());
    }
    if (moment instanceof Moment.Marked marked) {
      return plain(at, "marker", null, marked.markerId());
    }
    return plain(at, "custom", null, ((Moment.Custom) moment).name());
  }

  private static Event plain(long at, String kind, @Nullable String level, String text) {
    return new Event(at, kind, level, text, null, null, null, null, null, null, null, null);
  }

  private static Event onNode(long at, String kind, long nodeId) {
    return new Event(at, kind, null, null, null, null, null, null, nodeId, null, null, null);
  }
}
