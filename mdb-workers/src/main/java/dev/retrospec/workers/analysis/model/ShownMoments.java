package dev.retrospec.workers.analysis.model;

import dev.retrospec.privacy.SecretText;
import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.Evidence;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Statement.Ref;
import dev.retrospec.workers.moments.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is shown of a session: the moments nearest to its markers, each with the id that it
 * must cite; redacted, and bounded as the contract says. What was not shown cannot be cited.
 */
final class ShownMoments {

  static final int MAX_EVENTS = 180;

  /** Of all the texts together. */
  static final int MAX_CHARACTERS = 45_000;

  private static final SecretText SECRETS = new SecretText();

  /**
   * One moment, for a model.
   *
   * @param id of the event or the marker
   */
  record Shown(String id, long atMs, String kind, String text) {}

  private final Map<String, Shown> byId = new LinkedHashMap<>();

  private ShownMoments() {}

  static ShownMoments of(AnalysisCase analysisCase) {
    ShownMoments shown = new ShownMoments();
    List<Shown> chosen = new ArrayList<>();
    for (ObservedMarker marker : analysisCase.markers()) {
      chosen.add(
          new Shown(
              Evidence.idOf(marker.id()),
              Math.max(0, marker.replayOffsetMs()),
              "failure",
              clean(marker.kind().wireName() + ": " + marker.label())));
    }
    List<Long> times = analysisCase.markers().stream().map(ObservedMarker::replayOffsetMs).toList();
    analysisCase.found().moments().stream()
        .filter(moment -> moment.event() != null)
        .sorted(Comparator.comparingLong(moment -> distance(moment, times)))
        .limit(MAX_EVENTS)
        .forEach(moment -> chosen.add(shown(moment)));
    int room = MAX_CHARACTERS;
    List<Shown> fitting = new ArrayList<>();
    for (Shown one : chosen) {
      if (fitting.size() < MAX_EVENTS && one.text().length() <= room) {
        room -= one.text().length();
        fitting.add(one);
      }
    }
    fitting.sort(Comparator.comparingLong(Shown::atMs));
    fitting.forEach(one -> shown.byId.putIfAbsent(one.id(), one));
    return shown;
  }

  private static long distance(Moment moment, List<Long> times) {
    return times.stream().mapToLong(time -> Math.abs(time - moment.atMs())).min().orElse(0);
  }

  private static Shown shown(Moment moment) {
    EventId event = moment.event();
    return new Shown(String.valueOf(event), moment.atMs(), kind(moment), clean(text(moment)));
  }

  private static String kind(Moment moment) {
    if (moment instanceof Moment.ConsoleEntry) {
      return "console";
    }
    if (moment instanceof Moment.RequestEnded) {
      return "network";
    }
    if (moment instanceof Moment.Navigated) {
      return "navigation";
    }
    if (moment instanceof Moment.Clicked || moment instanceof Moment.Pressed) {
      return "click";
    }
    if (moment instanceof Moment.Entered) {
      return "input";
    }
    return moment instanceof Moment.Custom ? "custom" : "page";
  }

  private static String text(Moment moment) {
    if (moment instanceof Moment.ConsoleEntry entry) {
      return entry.level() + ": " + entry.text();
    }
    if (moment instanceof Moment.RequestEnded request) {
      return request.method()
          + " "
          + request.url()
          + " "
          + (request.aborted()
              ? "given up"
              : request.status() == 0 ? "no answer" : request.status())
          + " after "
          + request.durationMs()
          + " ms";
    }
    if (moment instanceof Moment.Navigated navigated) {
      return navigated.url();
    }
    if (moment instanceof Moment.Clicked clicked) {
      return "a click on element " + clicked.nodeId();
    }
    if (moment instanceof Moment.Pressed pressed) {
      return "a click on " + pressed.selector() + " " + pressed.label();
    }
    if (moment instanceof Moment.Entered entered) {
      return "an entry in element " + entered.nodeId();
    }
    if (moment instanceof Moment.PageChanged change) {
      return change.added()
          + " nodes added, "
          + change.removed()
          + " removed, "
          + (change.texts() + change.attributes())
          + " changed"
          + (change.shown().isEmpty() ? "" : "; shown: " + change.shown());
    }
    if (moment instanceof Moment.BusyChanged busy) {
      return busy.what() + (busy.on() ? " tells to wait" : " no longer tells to wait");
    }
    return moment instanceof Moment.Custom custom ? custom.name() : "a failure is reported";
  }

  /** Redacted; everything that leaves goes through here. */
  static String clean(String text) {
    return SECRETS.redact(text);
  }

  List<Shown> all() {
    return List.copyOf(byId.values());
  }

  /** Of these ids the moments that were shown; invented ones are left out. */
  List<Ref> known(List<String> ids) {
    return ids.stream()
        .map(id -> Optional.ofNullable(byId.get(id)))
        .flatMap(Optional::stream)
        .map(shown -> new Ref(shown.atMs(), shown.id()))
        .toList();
  }
}
