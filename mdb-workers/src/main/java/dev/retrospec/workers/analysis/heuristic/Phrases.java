package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.reports.CardSentences;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.net.URI;
import java.util.Locale;

/** How facts are put into words. */
final class Phrases {

  private static final int MAX_QUOTE = 160;

  private static final int MAX_METHOD = 16;

  private Phrases() {}

  /** A moment of the replay: {@code 1:02.4}. */
  static String time(long atMs) {
    return CardSentences.time(atMs);
  }

  /** A length of time: {@code 240 ms}, {@code 3.5 s}. */
  static String span(long ms) {
    return ms < 1_000 ? ms + " ms" : String.format(Locale.ROOT, "%.1f s", ms / 1_000.0);
  }

  static String times(int count) {
    return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
  }

  static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The text on one line, short enough for a sentence. */
  static String brief(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    if (line.length() <= MAX_QUOTE) {
      return line;
    }
    boolean splitsPair = Character.isHighSurrogate(line.charAt(MAX_QUOTE - 2));
    return line.substring(0, splitsPair ? MAX_QUOTE - 2 : MAX_QUOTE - 1) + "…";
  }

  /** The part of a URL that tells one request of a site from another. */
  static String path(String url) {
    try {
      String path = URI.create(url).getRawPath();
      return brief(path == null || path.isEmpty() ? "/" : path);
    } catch (IllegalArgumentException e) {
      int query = url.indexOf('?');
      return brief(query < 0 ? url : url.substring(0, query));
    }
  }

  /** A request as a reader knows it: {@code POST /api/pay}. */
  static String name(RequestEnded request) {
    String method = request.method();
    return (method.length() <= MAX_METHOD ? method : method.substring(0, MAX_METHOD))
        + " "
        + path(request.url());
  }

  /** What a page says, as the end of a sentence. */
  static String quoted(String text) {
    String quote = "“" + brief(text) + "”";
    return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? quote : quote + ".";
  }

  /** What became of a request. */
  static String outcome(RequestEnded request) {
    if (request.aborted()) {
      return "was given up by the page without an answer";
    }
    return request.status() == 0 ? "got no answer" : "was answered " + request.status();
  }

  /** The element that a marker is about, as a reader would call it. */
  static String element(ObservedMarker marker) {
    ElementDetail element = marker.element();
    if (element == null) {
      return "the same place";
    }
    if (element.text() != null && !element.text().isBlank()) {
      return "“" + brief(element.text()) + "”";
    }
    return element.selector() == null || element.selector().isBlank()
        ? "the same place"
        : "`" + brief(element.selector()) + "`";
  }

  /** A kind of failure, for people. */
  static String name(MarkerKind kind) {
    return switch (kind) {
      case JS_EXCEPTION -> "Script error";
      case API_ERROR -> "Failed request";
      case VALIDATION_FAILED -> "Blocked form";
      case UI_NO_EFFECT -> "No effect";
    };
  }

  /** Ends like a sentence. */
  static String sentence(String text) {
    return CardSentences.sentence(text);
  }
}
