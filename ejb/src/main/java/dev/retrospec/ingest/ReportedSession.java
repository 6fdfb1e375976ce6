package dev.retrospec.ingest;

import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.json.Json;
import dev.retrospec.recordings.EncodedEvents;
import dev.retrospec.recordings.Viewport;
import dev.retrospec.sessions.SessionFacts;
import dev.retrospec.sessions.SessionFacts.Extent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a client tells about a session into facts that can be stored, or says what is wrong.
 */
final class ReportedSession {

  /** Where a client did not say. */
  static final String UNKNOWN_SITE = "unknown";

  private static final int MAX_NAME = 200;
  private static final int MAX_ROUTE = 500;
  private static final int MAX_URL = 2_000;
  private static final int MAX_USER_AGENT = 500;
  private static final int MAX_KEY = 512;
  private static final int MAX_TAGS = 20;
  private static final int MAX_VARIANTS = 20;

  /** Longer than any visit; a larger number is a unit confused. */
  private static final long MAX_DURATION_MS = 7L * 24 * 60 * 60 * 1000;

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final IncomingText text;
  private final UserAgents userAgents;

  ReportedSession(IncomingText text, UserAgents userAgents) {
    this.text = text;
    this.userAgents = userAgents;
  }

  /**
   * @return minted when the client gave none
   */
  static SessionId id(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return SessionId.mint();
    }
    try {
      return new SessionId(id);
    } catch (InvalidId e) {
      throw new InvalidRequest(e.getMessage());
    }
  }

  /** A legacy report about the whole session. */
  SessionFacts reported(SessionFields fields, Instant now) {
    if (IncomingText.plain(fields.site(), MAX_NAME) == null) {
      throw new InvalidRequest("session.site must not be blank");
    }
    long durationMs = Objects.requireNonNullElse(fields.durationMs(), 0L);
    if (durationMs < 0 || durationMs > MAX_DURATION_MS) {
      throw new InvalidRequest("session.durationMs must be 0 to " + MAX_DURATION_MS);
    }
    Instant told = time(fields.startedAt());
    Instant start = told == null ? now.minusMillis(durationMs) : told;
    Extent extent = told == null ? Extent.ASSUMED : Extent.REPORTED;
    return facts(
        fields,
        fields.site(),
        fields.eventsObjectKey(),
        null,
        new Span(start, start.plusMillis(durationMs), extent));
  }

  /** What one chunk tells; its events say more exactly where and when. */
  SessionFacts observed(ChunkContent content, Instant now) {
    SessionFields fields = content.session();
    EncodedEvents events = content.events();
    Instant told = time(fields.startedAt());
    Instant first = Objects.requireNonNullElse(events.firstEventAt(), now);
    Instant start = told == null ? first : told;
    Instant last = Objects.requireNonNullElse(events.lastEventAt(), start);
    Instant end = last.isBefore(start) ? start : last;
    return facts(
        fields,
        site(content),
        fields.eventsObjectKey(),
        events,
        new Span(start, end, Extent.OBSERVED));
  }

  /** An upload knows its events and little else; the report that follows knows better. */
  SessionFacts assumed(ChunkContent content, String eventsObjectKey, Instant now) {
    EncodedEvents events = content.events();
    Instant first = Objects.requireNonNullElse(events.firstEventAt(), now);
    Instant last = Objects.requireNonNullElse(events.lastEventAt(), first);
    return facts(
        content.session(),
        site(content),
        eventsObjectKey,
        events,
        new Span(first, last, Extent.ASSUMED));
  }

  private static @Nullable String site(ChunkContent content) {
    return content.site() == null ? content.session().site() : content.site();
  }

  private record Span(Instant start, Instant end, Extent extent) {}

  private SessionFacts facts(
      SessionFields fields,
      @Nullable String site,
      @Nullable String eventsObjectKey,
      @Nullable EncodedEvents events,
      Span span) {
    String told = text.url(fields.url(), MAX_URL);
    String url = told == null && events != null ? events.href() : told;
    String route = text.url(fields.route(), MAX_ROUTE);
    String userAgent = IncomingText.plain(fields.userAgent(), MAX_USER_AGENT);
    Viewport viewport = viewport(fields.viewport(), events);
    return new SessionFacts(
        Objects.requireNonNullElse(IncomingText.plain(site, MAX_NAME), UNKNOWN_SITE),
        route == null && url != null ? Route.of(url) : route,
        url,
        span.start(),
        span.end(),
        span.extent(),
        IncomingText.plain(eventsObjectKey, MAX_KEY),
        IncomingText.plain(fields.userId(), MAX_NAME),
        IncomingText.plain(fields.anonymousId(), MAX_NAME),
        IncomingText.plain(fields.org(), MAX_NAME),
        IncomingText.plain(fields.release(), MAX_NAME),
        IncomingText.plain(fields.environment(), MAX_NAME),
        userAgent,
        userAgent == null ? null : userAgents.parse(userAgent),
        viewport == null ? null : viewport.width(),
        viewport == null ? null : viewport.height(),
        experiment(fields.experiment()),
        tags(fields.tags()));
  }

  private static @Nullable Instant time(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text.strip()).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw new InvalidRequest("session.startedAt must be a time such as 2026-01-31T12:00:00Z");
  }

  private static @Nullable Viewport viewport(
      SessionFields.@Nullable ViewportFields told, @Nullable EncodedEvents events) {
    if (told != null && told.width() != null && told.height() != null) {
      return new Viewport(bounded(told.width()), bounded(told.height()));
    }
    return events == null ? null : events.viewport();
  }

  private static int bounded(int pixels) {
    return Math.max(0, Math.min(pixels, Viewport.MAX));
  }

  private static List<String> tags(@Nullable List<@Nullable String> told) {
    if (told == null) {
      return List.of();
    }
    return told.stream()
        .limit(MAX_TAGS)
        .map(tag -> IncomingText.plain(tag, MAX_NAME))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static @Nullable String experiment(@Nullable Map<String, String> told) {
    if (told == null || told.isEmpty()) {
      return null;
    }
    Map<String, String> variants = new LinkedHashMap<>();
    told.entrySet().stream()
        .limit(MAX_VARIANTS)
        .forEach(
            entry -> {
              String name = IncomingText.plain(entry.getKey(), MAX_NAME);
              String variant = IncomingText.plain(entry.getValue(), MAX_NAME);
              if (name != null && variant != null) {
                variants.put(name, variant);
              }
            });
    return Json.write(variants);
  }
}
