package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.ScrubPass;
import dev.retrospec.privacy.Scrubber;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over what a client sent: reads the events token by token and, while it does,
 * validates, scrubs, indexes and compresses them. Holds a few buffers and never a tree, whatever
 * the size. Safe for use by several threads.
 */
public final class EventStream {

  /** Entries of one chunk's timeline; more is a page that logs in a loop. */
  public static final int MAX_TIMELINE = 2_000;

  /** Two JSON levels for each of the 512 levels of DOM that HTML parsers allow, twice. */
  public static final int MAX_DEPTH = 2_100;

  static final int FULL_SNAPSHOT = 2;
  static final int INCREMENTAL = 3;
  static final int META = 4;
  static final int CUSTOM = 5;
  static final int PLUGIN = 6;

  /** rrweb has 0 to 7; some room, so that a newer recorder is not refused. */
  private static final int MAX_TYPE = 20;

  private static final double MAX_TIMESTAMP = 253_402_300_799_999d; // the end of the year 9999

  /** One inlined image or style sheet may be most of the body. */
  private static final int MAX_STRING = 25 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final Scrubber scrubber;

  public EventStream(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  /** Parsers with the limits that a request's body needs; use it for the envelope too. */
  public static JsonFactory jsonFactory() {
    return FACTORY;
  }

  /** The same, scrubbed in the balanced mode. */
  public EncodedEvents encode(JsonParser parser) throws IOException {
    return encode(parser, ScrubMode.BALANCED);
  }

  /**
   * Encodes the array of events at whose {@code START_ARRAY} the parser stands, and leaves it at
   * the matching {@code END_ARRAY}. An empty array is valid.
   *
   * @throws InvalidRecording when it is not a JSON array of rrweb events; nothing is kept
   * @throws IOException when the connection fails
   */
  public EncodedEvents encode(JsonParser parser, ScrubMode mode) throws IOException {
    try (ZstdFrame frame = new ZstdFrame()) {
      return new Pass(frame, scrubber.newPass(mode)).run(new UnfoldedTrees(parser));
    } catch (JacksonException e) {
      throw InvalidRecording.of(e);
    }
  }

  /** The state of one pass. */
  private static final class Pass {

    private final ZstdFrame frame;
    private final JsonSink sink;
    private final ScrubPass scrub;
    private final TimelineIndex timeline = new TimelineIndex(MAX_TIMELINE);
    private final EventWalk walk;
    private int count;
    private boolean hasFullSnapshot;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Pass(ZstdFrame frame, ScrubPass scrub) {
      this.frame = frame;
      this.scrub = scrub;
      this.sink = new JsonSink(frame.buffer(), frame::write);
      this.walk = new EventWalk(sink, scrub, timeline);
    }

    EncodedEvents run(UnfoldedTrees parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw new InvalidRecording(
            InvalidRecording.Reason.NOT_EVENTS, "events is not a JSON array");
      }
      sink.start('[');
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw InvalidRecording.notAnEvent(count, "is not an object");
        }
        event(parser);
        count++;
      }
      sink.end(']');
      long length = sink.length();
      sink.flush();
      return new EncodedEvents(
          frame.finish(),
          count,
          length,
          count == 0 ? null : Instant.ofEpochMilli(first),
          count == 0 ? null : Instant.ofEpochMilli(last),
          hasFullSnapshot,
          walk.href(),
          walk.viewport(),
          timeline.entries(),
          timeline.dropped(),
          scrub.report());
    }

    private void event(UnfoldedTrees parser) throws IOException {
      int type = -1;
      long timestamp = -1;
      boolean dataSeen = false;
      byte @Nullable [] early = null;
      timeline.begin();
      sink.start('{');
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        switch (name) {
          case "type" -> {
            require(type < 0, "has type twice");
            type = type(parser, token);
            sink.name(name);
            sink.literal(Integer.toString(type));
          }
          case "timestamp" -> {
            require(timestamp < 0, "has timestamp twice");
            timestamp = timestamp(parser, token);
            sink.name(name);
            number(parser);
          }
          case "data" -> {
            require(!dataSeen, "has data twice");
            require(token == JsonToken.START_OBJECT, "has data that is not an object");
            dataSeen = true;
            if (type < 0) {
              early = parser.folded();
            } else {
              data(parser, type);
            }
          }
          default -> {
            sink.name(name);
            walk.value(parser, Slot.PAYLOAD);
          }
        }
      }
      require(type >= 0, "has no type");
      require(timestamp >= 0, "has no timestamp");
      if (early != null) {
        try (JsonParser again = parser.unfold(FACTORY.createParser(early))) {
          again.nextToken();
          data(again, type);
        }
      }
      sink.end('}');
      hasFullSnapshot |= type == FULL_SNAPSHOT;
      first = Math.min(first, timestamp);
      last = Math.max(last, timestamp);
      timeline.end(type, Instant.ofEpochMilli(timestamp));
    }

    private void data(JsonParser parser, int type) throws IOException {
      sink.name("data");
      walk.value(parser, Slot.ofData(type));
    }

    private void number(JsonParser parser) throws IOException {
      sink.literal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    private int type(JsonParser parser, JsonToken token) throws IOException {
      boolean small = token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 3;
      int type = small ? parser.getIntValue() : -1;
      require(type >= 0 && type <= MAX_TYPE, "has a type that is not one of rrweb's");
      return type;
    }

    private long timestamp(JsonParser parser, JsonToken token) throws IOException {
      boolean number = token.isNumeric() && parser.getTextLength() <= 40;
      double timestamp = number ? parser.getDoubleValue() : -1;
      require(
          timestamp >= 0 && timestamp <= MAX_TIMESTAMP,
          "has a timestamp that is not milliseconds since 1970");
      return (long) timestamp;
    }

    private void require(boolean condition, String otherwise) {
      if (!condition) {
        throw InvalidRecording.notAnEvent(count, otherwise);
      }
    }
  }
}
