package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.reports.CardText;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Statement;
import dev.retrospec.workers.analysis.Statement.Ref;
import dev.retrospec.workers.moments.Moment.BusyChanged;
import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.PageChanged;
import dev.retrospec.workers.moments.Moment.Pressed;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what happened around the marker in the order in which it did, each sentence with its
 * moment.
 */
final class Story {

  private static final int MAX_OTHERS = 5;

  private final AnalysisCase analysisCase;
  private final Scene scene;
  private final List<Statement> statements = new ArrayList<>();

  Story(AnalysisCase analysisCase, Scene scene) {
    this.analysisCase = analysisCase;
    this.scene = scene;
    tellLogic();
    if (!scene.isThin()) {
      tellPicture();
    }
  }

  private void tellLogic() {
    scene
        .pageBefore()
        .ifPresent(page -> logic("The page is " + Phrases.path(page.url()), scene.at(page)));
    List<Clicked> repeated = scene.repeatedClicks();
    if (!repeated.isEmpty()) {
      long span = repeated.get(repeated.size() - 1).atMs() - repeated.get(0).atMs();
      add(
          CardText.TEXT_SUMMARY,
          "The visitor clicks the same place "
              + Phrases.times(repeated.size())
              + " within "
              + Phrases.span(span),
          scene.at(repeated));
    } else {
      scene
          .click()
          .ifPresent(click -> logic("The visitor clicks" + onWhat(click), scene.at(click)));
    }
    scene
        .failedRequestBefore()
        .or(scene::reportedRequest)
        .ifPresent(request -> logic(request(request), scene.at(request)));
    scene
        .consoleError()
        .ifPresent(
            entry -> logic("The console says: " + Phrases.brief(entry.text()), scene.at(entry)));
    logic(
        Phrases.name(scene.marker().kind()) + ": " + Phrases.brief(scene.marker().label()),
        scene.here());
    others();
    scene
        .pageAfter()
        .ifPresent(
            page -> logic("The visitor comes to " + Phrases.path(page.url()), scene.at(page)));
  }

  private String onWhat(Clicked click) {
    Optional<Pressed> pressed =
        scene.pressed().filter(press -> Math.abs(press.atMs() - click.atMs()) <= 100);
    return pressed
        .filter(press -> !press.label().isBlank())
        .map(press -> " “" + Phrases.brief(press.label()) + "”")
        .orElse("");
  }

  private void others() {
    analysisCase.markers().stream()
        .filter(marker -> marker != scene.marker())
        .limit(MAX_OTHERS)
        .forEach(this::other);
  }

  private void other(ObservedMarker marker) {
    logic(
        "Also "
            + Phrases.name(marker.kind()).toLowerCase(Locale.ROOT)
            + ": "
            + Phrases.brief(marker.label()),
        scene.at(marker));
  }

  private void tellPicture() {
    long from = scene.begun();
    boolean clicked = from != scene.atMs();
    List<PageChanged> changes = scene.changesAfter(from);
    String after = clicked ? "After the click" : "After the failure";
    if (changes.isEmpty()) {
      Ref begun =
          scene.repeatedClicks().stream()
              .findFirst()
              .or(scene::click)
              .map(scene::at)
              .orElseGet(scene::here);
      picture(after + " the page stays as it is for " + Phrases.span(Scene.REACTION_MS), begun);
    } else {
      add(CardText.VISUAL_SUMMARY, changes(after, changes), scene.at(changes));
    }
    scene
        .textShownAfter(from)
        .ifPresent(
            change ->
                picture("The page says “" + Phrases.brief(change.shown()) + "”", scene.at(change)));
    Optional<BusyChanged> waiting = scene.stillWaiting(scene.atMs());
    waiting.ifPresent(
        busy -> picture("`" + busy.what() + "` tells the visitor to wait", scene.at(busy)));
    scene.pageAfter().ifPresent(page -> picture("Another page comes into view", scene.at(page)));
  }

  private static String changes(String after, List<PageChanged> changes) {
    int added = changes.stream().mapToInt(PageChanged::added).sum();
    int removed = changes.stream().mapToInt(PageChanged::removed).sum();
    int changed = changes.stream().mapToInt(change -> change.texts() + change.attributes()).sum();
    return String.format(
        "%s the page changes %s: %s added, %d removed, %d texts or attributes changed",
        after, Phrases.times(changes.size()), Phrases.plural(added, "node"), removed, changed);
  }

  private static String request(RequestEnded request) {
    return Phrases.name(request) + " " + Phrases.outcome(request);
  }

  private void logic(String text, Ref on) {
    add(CardText.TEXT_SUMMARY, text, List.of(on));
  }

  private void picture(String text, Ref on) {
    add(CardText.VISUAL_SUMMARY, text, List.of(on));
  }

  private void add(CardText says, String text, List<Ref> on) {
    statements.add(new Statement(says, text, on));
  }

  List<Statement> statements() {
    return List.copyOf(statements);
  }

  /** What belongs to no moment: how much there was to go by. */
  String remark() {
    if (scene.isThin() && !analysisCase.found().complete()) {
      return "The session holds more than was read: this rests on the marker alone.";
    }
    if (scene.isThin()) {
      return "Nothing else is recorded around it: this rests on the marker alone.";
    }
    return analysisCase.found().complete() ? "" : "The session holds more than was read.";
  }
}
