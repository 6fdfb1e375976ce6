package dev.retrospec.issues.clustering;

import dev.retrospec.issues.clustering.Grouping.Part;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.signatures.stacks.BrowserStack;
import dev.retrospec.signatures.text.MessageTemplate;
import dev.retrospec.signatures.text.PlainText;
import dev.retrospec.signatures.text.RouteShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What went wrong where, for markers that nothing was thrown for. */
final class PlaceParts {

  /** Clicks that nothing came of: who presses once and who presses in anger met one fault. */
  private static final Set<String> CLICKS = Set.of("dead_click", "rage_click");

  private static final Pattern HOW_CLICKED = Pattern.compile("^(?:Dead|Rage) click on ");

  /** What the kind says already; whether a click caused it depends on how the visitor got there. */
  private static final Set<String> PLAIN =
      Set.of("http_status", "network_failure", "uncaught", "unhandled_rejection", "error_click");

  private PlaceParts() {}

  static List<Part> of(ObservedMarker marker) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("kind", marker.kind().wireName()));
    String subkind = marker.subkind();
    if (subkind != null && !PLAIN.contains(subkind)) {
      parts.add(new Part("subkind", CLICKS.contains(subkind) ? "click" : subkind));
    }
    RequestDetail request = marker.request();
    boolean asked =
        marker.kind() == MarkerKind.API_ERROR && request != null && request.url() != null;
    if (!asked) {
      // What a server answers, it answers on every page. What has a name of its own is one thing
      // behind whatever slug an id has.
      parts.add(
          isNamed(marker.element())
              ? new Part("section", section(marker.route()))
              : new Part("route", any(RouteShape.of(marker.route()))));
    }
    if (marker.hint() != null) {
      parts.add(new Part("hint", words(marker, marker.hint())));
    }
    if (request != null) {
      request(parts, marker.subkind(), request);
    }
    boolean named = asked ? answered(marker) : element(parts, marker.element());
    if (!named || marker.kind() == MarkerKind.VALIDATION_FAILED) {
      parts.add(new Part("label", words(marker, label(marker))));
    }
    return parts;
  }

  private static void request(List<Part> parts, @Nullable String subkind, RequestDetail request) {
    if (request.url() != null) {
      String method = Objects.requireNonNullElse(request.method(), "GET");
      parts.add(new Part("request", method + " " + any(BrowserStack.shapeOfUrl(request.url()))));
    }
    if (request.status() != null && !"failed_resource".equals(subkind)) {
      parts.add(new Part("status", request.status().toString()));
    }
  }

  /** Whether request and status say all: behind a 200 it is the answer that tells what failed. */
  private static boolean answered(ObservedMarker marker) {
    return marker.error() == null
        && (marker.subkind() == null || !marker.subkind().startsWith("faces_"));
  }

  private static boolean isNamed(@Nullable ElementDetail element) {
    return element != null
        && element.selector() != null
        && SelectorShape.names(SelectorShape.of(element.selector()));
  }

  /**
   * Whether the element is known by more than its looks; a label is told in the page's language.
   */
  private static boolean element(List<Part> parts, @Nullable ElementDetail element) {
    if (element == null || element.selector() == null) {
      return false;
    }
    String shape = SelectorShape.of(element.selector());
    parts.add(new Part("element", shape));
    return SelectorShape.names(shape);
  }

  /** Of a click, what was clicked: the label tells how, too. */
  private static String label(ObservedMarker marker) {
    if (marker.subkind() == null || !CLICKS.contains(marker.subkind())) {
      return marker.label();
    }
    ElementDetail element = marker.element();
    return element != null && element.text() != null
        ? element.text()
        : HOW_CLICKED.matcher(marker.label()).replaceFirst("");
  }

  /** The part of the site that a page belongs to: its route up to the first id. */
  static String section(@Nullable String route) {
    String shape = any(RouteShape.of(route));
    int id = shape.indexOf("/<*>");
    return id < 0 ? shape : shape.substring(0, id);
  }

  private static String any(String text) {
    return Fingerprint.masked(text);
  }

  private static String words(ObservedMarker marker, String text) {
    return any(MessageTemplate.spoken(PlainText.of(text), marker.kind() == MarkerKind.API_ERROR));
  }
}
