package dev.retrospec.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ingest.ChunkContent.CounterFields;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.ScrubRule;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.recordings.EncodedEvents;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.recordings.InvalidRecording;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording's body in one pass, whichever of the three clients' shapes it has, and counts
 * what the scrub took out of it.
 */
@ApplicationScoped
public class BodyReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(EventStream.jsonFactory())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final ObjectReader SESSIONS = MAPPER.readerFor(SessionFields.class);
  private static final ObjectReader MARKERS = MAPPER.readerFor(MarkerFields.class);
  private static final ObjectReader COUNTERS = MAPPER.readerFor(CounterFields.class);

  private static final SessionFields NOTHING_TOLD =
      MAPPER.convertValue(MAPPER.createObjectNode(), SessionFields.class);

  private final EventStream eventStream;
  private final BodyLimits limits;
  private final MeterRegistry meters;

  @Inject
  public BodyReader(EventStream eventStream, BodyLimits limits, MeterRegistry meters) {
    this.eventStream = eventStream;
    this.limits = limits;
    this.meters = meters;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected BodyReader() {
    this.eventStream = null;
    this.limits = null;
    this.meters = null;
  }

  /**
   * @param project whose recording it is: what is scrubbed is counted for each
   * @throws InvalidRecording when the body is too large, broken, or holds no array of events
   * @throws InvalidRequest when a field has the wrong type
   * @throws IOException when the connection fails
   */
  ChunkContent read(EncodedBody body, ProjectId project, ScrubMode mode) throws IOException {
    try (BoundedInflater inflated =
            new BoundedInflater(body.stream(), body.contentEncoding(), limits);
        JsonParser parser = EventStream.jsonFactory().createParser(inflated)) {
      Fields fields = new Fields(mode, new FewValues(parser));
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidRequest("the body must be a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.read(name, parser);
      }
      if (parser.nextToken() != null) {
        throw new InvalidRequest("the body must be one JSON object");
      }
      ChunkContent content = fields.content(inflated.finish());
      content.events().scrubbed().counts().forEach((rule, times) -> count(project, rule, times));
      return content;
    } catch (JacksonException e) {
      throw InvalidRecording.of(e);
    }
  }

  private void count(ProjectId project, ScrubRule rule, long times) {
    meters
        .counter("retrospec.scrubbed", "rule", rule.wireName(), "project", project.toString())
        .increment(times);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "[]" : "." + step.getFieldName())
        .collect(Collectors.joining());
  }

  /** What has been read so far; the order of the fields is the client's. */
  private final class Fields {

    private final ScrubMode mode;
    private final FewValues values;
    private @Nullable String sessionId;
    private @Nullable Integer seq;
    private @Nullable Integer rulesVersion;
    private @Nullable String site;
    private @Nullable SessionFields session;
    private @Nullable String windowId;
    private @Nullable String reason;
    private @Nullable EncodedEvents events;
    private final List<@Nullable MarkerFields> markers = new ArrayList<>();
    private CounterFields counters = CounterFields.NONE;

    Fields(ScrubMode mode, FewValues values) {
      this.mode = mode;
      this.values = values;
    }

    void read(String name, JsonParser parser) throws IOException {
      switch (name) {
        case "events" -> {
          if (events != null) {
            throw new InvalidRequest("events stands twice in the body");
          }
          events = eventStream.encode(parser, mode);
        }
        case "session" -> session = object(name, parser, SESSIONS);
        case "markers" -> readMarkers(parser);
        case "counters" ->
            counters = Objects.requireNonNullElse(object(name, parser, COUNTERS), counters);
        case "windowId" -> windowId = text(name, parser);
        case "reason" -> reason = text(name, parser);
        case "sessionId" -> sessionId = text(name, parser);
        case "rulesVersion" -> rulesVersion = number(name, parser);
        case "seq" -> seq = number(name, parser);
        case "site" -> site = text(name, parser);
        default -> parser.skipChildren();
      }
    }

    private void readMarkers(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw new InvalidRequest("markers must be an array");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        // One more than allowed is enough to be refused for it.
        if (markers.size() <= ReportedMarkers.MAX_MARKERS) {
          markers.add(object("markers[" + markers.size() + "]", parser, MARKERS));
        } else {
          parser.skipChildren();
        }
      }
    }

    private <T> @Nullable T object(String name, JsonParser parser, ObjectReader reader)
        throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return null;
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new InvalidRequest(name + " must be an object");
      }
      try {
        return reader.readValue(values);
      } catch (MismatchedInputException e) {
        throw new InvalidRequest(name + path(e) + " has the wrong type");
      } catch (JacksonException e) {
        if (values.areTooMany()) {
          throw new InvalidRequest(name + " holds too many values");
        }
        throw e;
      }
    }

    private @Nullable String text(String name, JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        case VALUE_NULL -> null;
        case VALUE_STRING -> parser.getText();
        default -> throw new InvalidRequest(name + " must be a text");
      };
    }

    private @Nullable Integer number(String name, JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        case VALUE_NULL -> null;
        case VALUE_NUMBER_INT -> parser.getIntValue();
        default -> throw new InvalidRequest(name + " must be a whole number");
      };
    }

    ChunkContent content(byte[] sha256) {
      if (events == null) {
        throw new InvalidRequest("events must be an array of rrweb events");
      }
      return new ChunkContent(
          sessionId,
          seq,
          rulesVersion,
          site,
          Objects.requireNonNullElse(session, NOTHING_TOLD),
          windowId,
          reason,
          events,
          Collections.unmodifiableList(markers),
          counters,
          sha256);
    }
  }
}
