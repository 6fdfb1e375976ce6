package dev.retrospec.workers.notifications.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * What another server answered.
 *
 * @param headers by their names in lower case
 * @param body its beginning
 */
public record Answer(int status, Map<String, String> headers, byte[] body, long durationMs) {

  private static final int MAX_EXCERPT = 500;

  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The beginning of the body, on one line. */
  public String excerpt() {
    String line = text().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= MAX_EXCERPT ? line : line.substring(0, MAX_EXCERPT) + "…";
  }

  /**
   * How long the server asks to wait ({@code Retry-After}, RFC 9110 10.2.3); zero when it does not.
   */
  public Duration retryAfter(Instant now) {
    String value = headers.getOrDefault("retry-after", "").strip();
    try {
      if (value.matches("\\d{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(value));
      }
      if (!value.isEmpty()) {
        Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
        return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
      }
    } catch (DateTimeParseException e) {
      // then it says nothing
    }
    return Duration.ZERO;
  }
}
