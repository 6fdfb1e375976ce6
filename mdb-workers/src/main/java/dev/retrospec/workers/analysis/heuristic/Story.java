package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.reports.Evidence;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.Navigated;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells what happened around the marker in the order in which it did, each sentence with its time.
 */
final class Story {

  private static final int MAX_OTHERS = 5;

  private final AnalysisCase analysisCase;
  private final Scene scene;
  private final List<Evidence> logic = new ArrayList<>();
  private final List<Evidence> picture = new ArrayList<>();

  Story(AnalysisCase analysisCase, Scene scene) {
    this.analysisCase = analysisCase;
    this.scene = scene;
    tellLogic();
    tellPicture();
  }

  private void tellLogic() {
    scene
        .pageBefore()
        .ifPresent(page -> logic(page.atMs(), "The page is " + Phrases.path(page.url())));
    List<Clicked> repeated = scene.repeatedClicks();
    if (!repeated.isEmpty()) {
      logic(
          repeated.get(0).atMs(),
          "The visitor clicks the same place "
              + Phrases.times(repeated.size())
              + " within "
              + Phrases.span(repeated.get(repeated.size() - 1).atMs() - repeated.get(0).atMs()));
    } else {
      scene.click().ifPresent(click -> logic(click.atMs(), "The visitor clicks"));
    }
    scene
        .failedRequestBefore()
        .or(scene::reportedRequest)
        .ifPresent(request -> logic(request.atMs(), request(request)));
    scene
        .consoleError()
        .ifPresent(
            entry -> logic(entry.atMs(), "The console says: " + Phrases.brief(entry.text())));
    logic(scene.atMs(), name(scene.marker()) + ": " + Phrases.brief(scene.marker().label()));
    others();
    scene
        .pageAfter()
        .ifPresent(page -> logic(page.atMs(), "The visitor comes to " + Phrases.path(page.url())));
  }

  private void others() {
    List<ObservedMarker> others =
        analysisCase.markers().stream().filter(marker -> marker != scene.marker()).toList();
    others.stream()
        .limit(MAX_OTHERS)
        .forEach(
            marker ->
                logic(
                    marker.replayOffsetMs(),
                    "Also "
                        + name(marker).toLowerCase(java.util.Locale.ROOT)
                        + ": "
                        + Phrases.brief(marker.label())));
  }

  private void tellPicture() {
    if (scene.isThin()) {
      return;
    }
    long from =
        scene.repeatedClicks().stream()
            .findFirst()
            .or(scene::click)
            .map(Clicked::atMs)
            .orElse(scene.atMs());
    boolean clicked = from != scene.atMs();
    List<PageChanged> changes = scene.changesAfter(from);
    String after = clicked ? "After the click" : "After the failure";
    if (changes.isEmpty()) {
      picture(from, after + " the page stays as it is for " + Phrases.span(Scene.REACTION_MS));
    } else {
      int added = changes.stream().mapToInt(PageChanged::added).sum();
      int removed = changes.stream().mapToInt(PageChanged::removed).sum();
      int changed = changes.stream().mapToInt(change -> change.texts() + change.attributes()).sum();
      picture(
          changes.get(0).atMs(),
          String.format(
              "%s the page changes %s: %s added, %d removed, %d texts or attributes changed",
              after,
              Phrases.times(changes.size()),
              Phrases.plural(added, "node"),
              removed,
              changed));
    }
    scene
        .pageAfter()
        .map(Navigated::atMs)
        .ifPresent(at -> picture(at, "Another page comes into view"));
  }

  private static String request(RequestEnded request) {
    return Phrases.name(request) + " " + FailedRequestRule.outcome(request.status());
  }

  private static String name(ObservedMarker marker) {
    return switch (marker.kind()) {
      case JS_EXCEPTION -> "Script error";
      case API_ERROR -> "Failed request";
      case VALIDATION_FAILED -> "Blocked form";
      case UI_NO_EFFECT -> "No effect";
    };
  }

  private void logic(long atMs, String text) {
    logic.add(new Evidence(Math.max(0, atMs), text));
  }

  private void picture(long atMs, String text) {
    picture.add(new Evidence(Math.max(0, atMs), text));
  }

  String text() {
    String told = told(logic);
    return scene.isThin()
        ? told + " Nothing else is recorded around it: this rests on the marker alone."
        : analysisCase.found().complete() ? told : told + " The session holds more than was read.";
  }

  String picture() {
    return picture.isEmpty()
        ? "No picture of the page is recorded around the failure."
        : told(picture);
  }

  List<Evidence> evidence() {
    List<Evidence> all = new ArrayList<>(logic);
    all.addAll(picture);
    all.sort(Comparator.comparingLong(Evidence::atMs));
    return all;
  }

  private static String told(List<Evidence> sentences) {
    return sentences.stream()
        .sorted(Comparator.comparingLong(Evidence::atMs))
        .map(item -> Phrases.time(item.atMs()) + " " + Phrases.sentence(item.text()))
        .collect(Collectors.joining(" "));
  }
}
