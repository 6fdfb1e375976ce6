package dev.retrospec.web.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the dashboard says times, amounts, kinds and states; one way each, on every page. */
@Named("say")
@ApplicationScoped
public class Wording {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** Escape sequences of terminals, and what else cannot be read. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)|[@-Z\\\\-_])"
              + "|[\\p{Cntrl}&&[^\\t\\n]]");

  private static final int LINE = 240;
  private static final int SHORT_COMMIT = 9;

  private final Clock clock;

  @Inject
  public Wording(Clock clock) {
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected Wording() {
    this.clock = null;
  }

  /** The moment that all relative times on a page stand against. */
  public Instant now() {
    return clock.instant();
  }

  /** "just now", "5 min ago", "3 h ago", "2 days ago", "in 4 h"; a date beyond a month. */
  public String ago(@Nullable Instant at) {
    if (at == null) {
      return "never";
    }
    Duration since = Duration.between(at, now());
    boolean future = since.isNegative();
    Duration distance = since.abs();
    String text;
    if (distance.toMinutes() < 1) {
      return future ? "in a moment" : "just now";
    } else if (distance.toHours() < 1) {
      text = distance.toMinutes() + " min";
    } else if (distance.toHours() < 48) {
      text = distance.toHours() + " h";
    } else if (distance.toDays() <= 31) {
      text = distance.toDays() + " days";
    } else {
      return DAY.format(at);
    }
    return future ? "in " + text : text + " ago";
  }

  /** "4 Mar 2026, 12:00:00 UTC". */
  public String moment(@Nullable Instant at) {
    return at == null ? "" : MOMENT.format(at);
  }

  /** Milliseconds as a replay's clock shows them: "0:07", "12:30", "1:02:03". */
  public String clock(long ms) {
    long seconds = Math.max(0, ms) / 1_000;
    return seconds < 3_600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  /** Milliseconds as a length: "850 ms", "42 s", "3 min 5 s", "1 h 20 min". */
  public String length(long ms) {
    Duration duration = Duration.ofMillis(Math.max(0, ms));
    if (duration.toSeconds() < 1) {
      return duration.toMillis() + " ms";
    } else if (duration.toMinutes() < 1) {
      return duration.toSeconds() + " s";
    } else if (duration.toHours() < 1) {
      return duration.toMinutes()
          + " min"
          + (duration.toSecondsPart() == 0 ? "" : " " + duration.toSecondsPart() + " s");
    }
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  /** 0 to 1 as "80 %". */
  public String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  public String number(long value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }

  /** "1 session", "2 sessions". */
  public String count(long value, String one) {
    return count(value, one, one + "s");
  }

  public String count(long value, String one, String many) {
    return number(value) + " " + (value == 1 ? one : many);
  }

  /** Against the day before: "+3", "−2", "±0". */
  public String change(long now, long before) {
    long by = now - before;
    return by == 0 ? "same as" : number(Math.abs(by)) + (by > 0 ? " more than" : " fewer than");
  }

  public String size(long bytes) {
    return bytes < 1_024
        ? bytes + " B"
        : bytes < 1_048_576
            ? Math.round(bytes / 1_024.0) + " KB"
            : String.format(Locale.ENGLISH, "%.1f MB", bytes / 1_048_576.0);
  }

  public String kind(@Nullable String kind) {
    return switch (kind == null ? "" : kind) {
      case "js_exception" -> "Exception";
      case "api_error" -> "Failed request";
      case "validation_failed" -> "Blocked form";
      default -> "No effect";
    };
  }

  /** The name in SQL and URLs as a word: "js_exception" aside, "acknowledged" → "Acknowledged". */
  public String word(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return "";
    }
    String spaced = name.replace('_', ' ');
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /** What a list begins with: "sessions" → "Most sessions", "last_seen" → "Last seen". */
  public String sort(String name) {
    return switch (name) {
      case "sessions", "users" -> "Most " + name;
      case "confidence" -> "Most certain";
      default -> word(name);
    };
  }

  /** Who it was, as well as is known. */
  public String visitor(@Nullable String userId, @Nullable String anonymousId) {
    if (userId != null) {
      return userId;
    }
    return anonymousId == null ? "Unknown visitor" : "Anonymous " + anonymousId;
  }

  /** "Chrome on Windows", or the one that is known. */
  public String software(@Nullable String browser, @Nullable String system) {
    return Stream.of(browser, system)
        .filter(known -> known != null && !known.isEmpty())
        .collect(Collectors.joining(" on "));
  }

  /** What the workers made of a session, by its type. */
  public String artifact(@Nullable String type) {
    String kind = type == null ? "" : type.replaceFirst("\\..*", "");
    return switch (kind) {
      case "analysis_json" -> "Analysis (JSON)";
      case "replay_video" -> "Video";
      case "replay_video_mp4" -> "Video (MP4)";
      case "poster" -> "Picture of the failure";
      case "marker_clip" -> "Clip of a failure";
      case "marker_clip_mp4" -> "Clip of a failure (MP4)";
      case "marker_poster" -> "Picture of a failure";
      default -> word(type);
    };
  }

  /** Trigger of a promotion as a clause. */
  public String trigger(@Nullable String trigger) {
    return switch (trigger == null ? "" : trigger) {
      case "ingest" -> "when the session came in";
      case "timer" -> "by the regular check";
      case "manual" -> "on request";
      case "merge" -> "with another issue that was merged into it";
      default -> "";
    };
  }

  public String policy(@Nullable String policy) {
    return switch (policy == null ? "" : policy) {
      case "ring" -> "The last 10 minutes";
      case "buffer" -> "The last minute, sent when something fails";
      default -> "The whole visit, up to 2 hours";
    };
  }

  public String privacy(@Nullable String level) {
    return switch (level == null ? "" : level) {
      case "strict" -> "Strict: all text and inputs masked";
      case "minimal" -> "Minimal: only sensitive inputs masked";
      default -> "Balanced: inputs masked, page text shown";
    };
  }

  /** A commit as it fits into a line. */
  public String commit(@Nullable String hash) {
    return hash == null || hash.length() <= SHORT_COMMIT
        ? Objects.requireNonNullElse(hash, "")
        : hash.substring(0, SHORT_COMMIT);
  }

  /** What a terminal would show, without its colours. */
  public String plain(@Nullable String text) {
    return text == null ? "" : CONTROL.matcher(text).replaceAll("");
  }

  /** The first line that says something. */
  public String line(@Nullable String text) {
    return plain(text)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(line -> line.length() > LINE ? line.substring(0, LINE) + "…" : line)
        .orElse("");
  }

  /** Whether an address that others gave may be a link: nothing that a browser would run. */
  public boolean leads(@Nullable String address) {
    return address != null && address.matches("https?://[^\\s\"'<>]+");
  }

  public String list(@Nullable List<String> items) {
    // Faces asks for it before a form's page is loaded.
    return items == null ? "" : String.join(", ", items);
  }

  public String sparkline(@Nullable List<Integer> values) {
    return values == null ? "" : Sparkline.of(values);
  }
}
