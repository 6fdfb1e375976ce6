package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.workers.moments.Moment.Pressed;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The click landed on something that lies over the page and takes it. */
final class CoveredElementRule implements Rule {

  /** What people call such things, in the last step of a selector. */
  private static final Pattern COVER =
      Pattern.compile(
          "(?i)(?:[a-z0-9]*[.#\\[])?[\\w.=\\[\\]-]*(?<![a-z])"
              + "(?:overlay|backdrop|veil|scrim|curtain|modal-?(?:bg|mask|background)|mask"
              + "|lightbox|blocker|ui-widget-overlay|shade)(?![a-z])[\\w.\\]-]*");

  @Override
  public String id() {
    return "covered_element";
  }

  @Override
  public Optional<Finding> look(Scene scene) {
    if (scene.marker().kind() != MarkerKind.UI_NO_EFFECT) {
      return Optional.empty();
    }
    ElementDetail element = scene.marker().element();
    String selector =
        element != null && element.selector() != null && !element.selector().isBlank()
            ? element.selector()
            : scene.pressed().map(Pressed::selector).orElse("");
    String hit = selector.substring(selector.lastIndexOf('>') + 1).strip();
    Matcher cover = COVER.matcher(hit);
    return cover.matches() ? Optional.of(about(scene, hit)) : Optional.empty();
  }

  private static Finding about(Scene scene, String hit) {
    Finding.Builder finding =
        Finding.of(
                "Clicks on "
                    + scene.marker().route()
                    + " do not reach the page: `"
                    + hit
                    + "` covers it",
                scene.here())
            .cause(
                "The clicks landed on `"
                    + hit
                    + "`, an overlay in front of the page, and not on what the visitor saw.",
                scene.at(scene.repeatedClicks()));
    boolean still = !scene.isThin() && scene.changesAfter(scene.begun()).isEmpty();
    if (still) {
      finding.cause("It took them and nothing changed: it does not close itself.", scene.here());
    }
    return finding
        .fix(
            "Remove `"
                + hit
                + "` when what it belongs to closes, or give it pointer-events: none; a click on it"
                + " should close it.")
        .strength(still ? 0.8 : 0.7);
  }
}
