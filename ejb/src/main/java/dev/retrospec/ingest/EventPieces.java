package dev.retrospec.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.recordings.InvalidRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of events into bodies like those that a recorder sends. */
final class EventPieces {

  /** Like a large flush: of a file this much is in memory at one time, and one event more. */
  private static final int PIECE_BYTES = 512 * 1024;

  private final String site;
  private final Body body;
  private @Nullable Instant startedAt;
  private @Nullable JsonGenerator json;
  private int added;

  /**
   * @param mostBytes of an event, with those before it in its piece
   */
  EventPieces(String site, long mostBytes) {
    this.site = site;
    this.body = new Body(mostBytes);
  }

  /** Refuses an event that is too large while it is copied, not when it is in memory. */
  private final class Body extends ByteArrayOutputStream {

    private final long mostBytes;

    Body(long mostBytes) {
      super(PIECE_BYTES);
      this.mostBytes = mostBytes;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (count + (long) length > mostBytes) {
        throw InvalidRecording.tooLarge(
            "event " + added + " is larger than " + mostBytes + " bytes, which is the most");
      }
      super.write(bytes, offset, length);
    }
  }

  /** All further pieces tell when their session began. */
  void beganAt(Instant start) {
    this.startedAt = start;
  }

  /**
   * Takes the event at which the parser stands.
   *
   * @throws InvalidRecording when it is too large
   */
  void add(JsonParser parser) throws IOException {
    added++;
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
