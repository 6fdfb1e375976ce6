package dev.retrospec.web.sessions;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.SessionFilter;
import dev.retrospec.sessions.SessionStatus;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query of a search for sessions; blank counts as absent, as an empty field of a form is. */
public class SessionSearch {

  private static final int MAX_TEXT = 500;

  @QueryParam("user")
  private @Nullable String user;

  @QueryParam("org")
  private @Nullable String org;

  @QueryParam("from")
  private @Nullable String from;

  @QueryParam("to")
  private @Nullable String to;

  @QueryParam("status")
  private @Nullable String status;

  @QueryParam("tags")
  private @Nullable String tags;

  @QueryParam("hasErrors")
  private @Nullable String hasErrors;

  @QueryParam("kind")
  private @Nullable String kind;

  @QueryParam("browser")
  private @Nullable String browser;

  @QueryParam("os")
  private @Nullable String os;

  @QueryParam("device")
  private @Nullable String device;

  @QueryParam("url")
  private @Nullable String url;

  @QueryParam("release")
  private @Nullable String release;

  @QueryParam("environment")
  private @Nullable String environment;

  @QueryParam("text")
  private @Nullable String text;

  @QueryParam("minDurationMs")
  private @Nullable String minDurationMs;

  @QueryParam("complete")
  private @Nullable String complete;

  @QueryParam("rage")
  private @Nullable String rage;

  @QueryParam("subkind")
  private @Nullable String subkind;

  @QueryParam("experiment")
  private @Nullable String experiment;

  @QueryParam("limit")
  private @Nullable String limit;

  @QueryParam("cursor")
  private @Nullable String cursor;

  /**
   * @throws InvalidRequest when a parameter cannot be understood
   */
  SessionFilter filter() {
    return new SessionFilter(
        words("user", user),
        words("org", org),
        read("from", from, "a time such as 2026-01-31T12:00:00Z", SessionSearch::instant),
        read("to", to, "a time such as 2026-01-31T12:00:00Z", SessionSearch::instant),
        read("status", status, "recording, processing, ready or failed", SessionSearch::status),
        tags(),
        read("hasErrors", hasErrors, "true or false", SessionSearch::flag),
        read(
            "kind",
            kind,
            "validation_failed, api_error, js_exception or ui_no_effect",
            SessionSearch::kind),
        words("browser", browser),
        words("os", os),
        words("device", device),
        words("url", url),
        words("release", release),
        words("environment", environment),
        words("text", text),
        read("minDurationMs", minDurationMs, "a number of milliseconds", SessionSearch::duration),
        read("complete", complete, "true or false", SessionSearch::flag),
        read("rage", rage, "true or false", SessionSearch::flag),
        words("subkind", subkind),
        words("experiment", experiment),
        limit(),
        present(cursor) == null ? null : Cursor.parse(cursor.strip()));
  }

  private int limit() {
    Integer asked = read("limit", limit, "a whole number", Integer::valueOf);
    return asked == null ? SessionFilter.DEFAULT_LIMIT : asked;
  }

  private List<String> tags() {
    String names = words("tags", tags);
    return names == null
        ? List.of()
        : Arrays.stream(names.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  private static @Nullable String words(String name, @Nullable String value) {
    String words = present(value);
    if (words != null && (words.length() > MAX_TEXT || words.indexOf('\0') >= 0)) {
      throw new InvalidRequest(name + " must be at most " + MAX_TEXT + " characters of text");
    }
    return words;
  }

  private static <T> @Nullable T read(
      String name, @Nullable String value, String expected, Function<String, T> reader) {
    String words = present(value);
    try {
      return words == null ? null : reader.apply(words);
    } catch (IllegalArgumentException | DateTimeException notUnderstood) {
      throw new InvalidRequest(name + " must be " + expected);
    }
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static SessionStatus status(String text) {
    if (!text.equals(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException();
    }
    return SessionStatus.fromWireName(text);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static MarkerKind kind(String text) {
    MarkerKind kind = MarkerKind.fromWireName(text);
    if (!kind.wireName().equals(text)) {
      throw new IllegalArgumentException();
    }
    return kind;
  }

  private static Duration duration(String text) {
    long milliseconds = Long.parseLong(text);
    if (milliseconds < 0) {
      throw new IllegalArgumentException();
    }
    return Duration.ofMillis(milliseconds);
  }

  private static @Nullable String present(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
