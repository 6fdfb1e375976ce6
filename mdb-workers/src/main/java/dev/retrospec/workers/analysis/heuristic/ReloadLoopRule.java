package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.workers.moments.Moment.Clicked;
import dev.retrospec.workers.moments.Moment.Navigated;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same page is loaded again and again. */
final class ReloadLoopRule implements Rule {

  /** Two addresses at one moment are the load and its announcement. */
  private static final long SAME_LOAD_MS = 300;

  @Override
  public String id() {
    return "reload_loop";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    return scene.is("reload_loop") ? Optional.of(about(scene)) : Optional.empty();
  }

  private static Finding about(Scene scene) {
    List<Navigated> loads = loads(scene);
    String route = scene.marker().route();
    Finding.Builder finding =
        Finding.of("The visitor's browser reloads " + route + " again and again", scene.here());
    if (loads.size() >= 2) {
      finding.cause(
          "The page was loaded "
              + Phrases.times(loads.size())
              + " within "
              + Phrases.span(loads.get(loads.size() - 1).atMs() - loads.get(0).atMs())
              + ".",
          scene.at(loads));
    } else {
      finding.cause(
          "The recorder counted the loads: " + Phrases.sentence(evidence(scene)), scene.here());
    }
    double strength = loads.size() >= 3 ? 0.65 : 0.4;
    if (loads.size() >= 2) {
      long from = loads.get(0).atMs();
      long to = loads.get(loads.size() - 1).atMs();
      List<RequestEnded> failed =
          scene.all(RequestEnded.class, from, to).stream().filter(RequestEnded::failed).toList();
      boolean byItself = scene.all(Clicked.class, from, to).isEmpty();
      if (!failed.isEmpty()) {
        RequestEnded last = failed.get(failed.size() - 1);
        finding.cause(
            Phrases.name(last)
                + " "
                + Phrases.outcome(last)
                + " between two loads: the page most likely reloads because of it.",
            scene.at(failed));
        strength += 0.1;
      } else if (byItself) {
        finding.cause(
            "Nobody clicked in between: the page reloads itself, by a script or a redirect.",
            scene.at(loads));
        strength += 0.1;
      }
    }
    return finding
        .fix(
            "Find what reloads "
                + route
                + " (location.reload, a redirect, a refresh of the sign-in), and end it after one"
                + " try with a message.")
        .strength(strength);
  }

  private static String evidence(Scene scene) {
    String evidence = scene.marker().evidence();
    return evidence == null || evidence.isBlank()
        ? "the same page, again"
        : Phrases.brief(evidence);
  }

  private static List<Navigated> loads(Scene scene) {
    List<Navigated> loads = new ArrayList<>();
    for (Navigated page : scene.pages()) {
      boolean samePage = samePath(page, scene.marker().route());
      boolean sameLoad =
          !loads.isEmpty() && page.atMs() - loads.get(loads.size() - 1).atMs() < SAME_LOAD_MS;
      if (samePage && !sameLoad) {
        loads.add(page);
      }
    }
    return loads;
  }

  /** The route may have placeholders where the address has numbers. */
  private static boolean samePath(Navigated page, String route) {
    String path = Phrases.path(page.url());
    return route.contains(":") || route.contains("*") || path.equals(route);
  }
}
