package dev.retrospec.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.DebugId;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.servererrors.ServerError;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a client's markers into observed ones, scrubbed and bounded, or says what is wrong. */
final class ReportedMarkers {

  /** A page that fails this often in one session fails in a loop. */
  static final int MAX_MARKERS = 200;

  private static final int MAX_LABEL = 500;
  private static final int MAX_HINT = 200;
  private static final int MAX_EVIDENCE = 2_000;
  private static final int MAX_MESSAGE = 2_000;
  private static final int MAX_STACK = 16_000;
  private static final int MAX_URL = 2_000;
  private static final int MAX_SCRIPTS = 20;
  private static final int MAX_WORD = 100;
  private static final long MAX_OFFSET_MS = 7L * 24 * 60 * 60 * 1000;

  private final IncomingText text;

  ReportedMarkers(IncomingText text) {
    this.text = text;
  }

  /**
   * @param route the page that they were seen on
   * @param startedAt the session's start, by the browser's clock
   * @param now no marker was observed later than this
   * @return in the given order, each id once
   */
  List<ObservedMarker> observed(
      @Nullable List<@Nullable MarkerFields> told, String route, Instant startedAt, Instant now) {
    if (told == null) {
      return List.of();
    }
    if (told.size() > MAX_MARKERS) {
      throw new InvalidRequest("markers must be at most " + MAX_MARKERS);
    }
    Map<MarkerId, ObservedMarker> markers = new LinkedHashMap<>();
    for (int i = 0; i < told.size(); i++) {
      MarkerFields fields = told.get(i);
      if (fields == null) {
        throw new InvalidRequest("markers[" + i + "] must be an object");
      }
      ObservedMarker marker = observed(fields, i, route, startedAt, now);
      markers.putIfAbsent(marker.id(), marker);
    }
    return List.copyOf(markers.values());
  }

  private ObservedMarker observed(
      MarkerFields fields, int index, String route, Instant startedAt, Instant now) {
    long offsetMs = Objects.requireNonNullElse(fields.replayOffsetMs(), 0L);
    if (offsetMs < 0 || offsetMs > MAX_OFFSET_MS) {
      throw new InvalidRequest(
          "markers[" + index + "].replayOffsetMs must be 0 to " + MAX_OFFSET_MS);
    }
    MarkerKind kind = MarkerKind.fromWireName(fields.kind());
    String hint = text.scrubbed(fields.clusterKey(), MAX_HINT);
    String told = text.scrubbed(fields.label(), MAX_LABEL);
    String label = told != null ? told : Objects.requireNonNullElse(hint, kind.wireName());
    Instant at = startedAt.plusMillis(offsetMs);
    return new ObservedMarker(
        id(fields.id(), index, kind, hint, label, offsetMs),
        kind,
        IncomingText.plain(fields.subkind(), MAX_WORD),
        hint,
        label,
        text.scrubbed(fields.evidence(), MAX_EVIDENCE),
        route,
        offsetMs,
        error(fields.error()),
        request(fields.request()),
        element(fields.element()),
        fingerprint(fields.fingerprint()),
        at.isAfter(now) ? now : at);
  }

  /** Without an id of the client's, the same content is the same marker. */
  private static MarkerId id(
      @Nullable String told,
      int index,
      MarkerKind kind,
      @Nullable String hint,
      String label,
      long offsetMs) {
    if (told == null || told.isEmpty()) {
      String content = kind + "\n" + hint + "\n" + label + "\n" + offsetMs;
      return new MarkerId(
          "mrk_" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)));
    }
    try {
      return new MarkerId(told);
    } catch (InvalidId e) {
      throw new InvalidRequest("markers[" + index + "].id: " + e.getMessage());
    }
  }

  private @Nullable ErrorDetail error(MarkerFields.@Nullable ErrorFields told) {
    return told == null
        ? null
        : new ErrorDetail(
            IncomingText.plain(told.type(), MAX_WORD),
            text.scrubbed(told.message(), MAX_MESSAGE),
            text.scrubbed(told.stack(), MAX_STACK),
            text.scrubbed(ToldCause.of(told.cause()), MAX_STACK),
            null,
            debugIds(told.debugIds()),
            null);
  }

  /** What is no debug id is passed over: the stack is worth something without. */
  private @Nullable Map<String, String> debugIds(@Nullable JsonNode told) {
    if (told == null) {
      return null;
    }
    Map<String, String> ids = new LinkedHashMap<>();
    told.fields()
        .forEachRemaining(
            field -> {
              // scrubbed like the stack, in which it is looked for
              String address = text.scrubbed(field.getKey(), MAX_URL);
              String id = field.getValue().asText();
              if (address != null && ids.size() < MAX_SCRIPTS && DebugId.isOne(id)) {
                ids.put(address, new DebugId(id).value());
              }
            });
    return ids.isEmpty() ? null : ids;
  }

  /** Parts that are no text, or none that is left of them, are passed over. */
  private List<String> fingerprint(@Nullable JsonNode told) {
    if (told == null) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode one : told.isArray() ? told : List.of(told)) {
      String part =
          one.isValueNode() && !one.isNull()
              ? text.scrubbed(one.asText(), ObservedMarker.MAX_FINGERPRINT_PART)
              : null;
      if (part != null && parts.size() < ObservedMarker.MAX_FINGERPRINT_PARTS) {
        parts.add(part);
      }
    }
    return parts;
  }

  private @Nullable RequestDetail request(MarkerFields.@Nullable RequestFields told) {
    return told == null
        ? null
        : new RequestDetail(
            IncomingText.plain(told.method(), MAX_WORD),
            text.url(told.url(), MAX_URL),
            told.status(),
            told.durationMs(),
            IncomingText.plain(told.correlationId(), ServerError.MAX_CORRELATION_ID));
  }

  private @Nullable ElementDetail element(MarkerFields.@Nullable ElementFields told) {
    return told == null
        ? null
        : new ElementDetail(
            IncomingText.plain(told.selector(), MAX_LABEL), text.scrubbed(told.text(), MAX_HINT));
  }
}
