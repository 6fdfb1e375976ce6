package dev.retrospec.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.retrospec.recordings.EventStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of events into bodies like those that a recorder sends. */
final class EventPieces {

  /** Like a large flush: all that is in memory of a file at one time. */
  private static final int PIECE_BYTES = 512 * 1024;

  private final String site;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(PIECE_BYTES);
  private @Nullable Instant startedAt;
  private @Nullable JsonGenerator json;

  EventPieces(String site) {
    this.site = site;
  }

  /** All further pieces tell when their session began. */
  void beganAt(Instant start) {
    this.startedAt = start;
  }

  /** Takes the event at which the parser stands. */
  void add(JsonParser parser) throws IOException {
    opened().copyCurrentStructure(parser);
  }

  boolean isFull() {
    return json != null && body.size() + json.getOutputBuffered() >= PIECE_BYTES;
  }

  /** The body of what was added since the last cut. */
  byte[] cut() throws IOException {
    JsonGenerator open = opened();
    open.writeEndArray();
    open.writeEndObject();
    open.close();
    json = null;
    byte[] piece = body.toByteArray();
    body.reset();
    return piece;
  }

  private JsonGenerator opened() throws IOException {
    JsonGenerator open = json;
    if (open == null) {
      open = EventStream.jsonFactory().createGenerator(body);
      open.writeStartObject();
      open.writeStringField("site", site);
      open.writeObjectFieldStart("session");
      if (startedAt != null) {
        open.writeStringField("startedAt", startedAt.toString());
      }
      open.writeEndObject();
      open.writeArrayFieldStart("events");
      json = open;
    }
    return open;
  }
}
