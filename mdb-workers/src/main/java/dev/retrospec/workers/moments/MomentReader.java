package dev.retrospec.workers.moments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.retrospec.recordings.EventStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads an array of recorded events as a stream of {@link Moment}s. Full snapshots, which are most
 * of the bytes, are passed over; nothing is held but the event at hand.
 */
final class MomentReader {

  private static final int MAX_TEXT = 500;

  private static final int INCREMENTAL = 3;
  private static final int META = 4;
  private static final int CUSTOM = 5;
  private static final int PLUGIN = 6;

  private static final int SOURCE_MUTATION = 0;
  private static final int SOURCE_MOUSE = 2;
  private static final int SOURCE_INPUT = 5;
  private static final int MOUSE_CLICK = 2;

  private final long zero;
  private final LongPredicate wanted;
  private final Consumer<Moment> found;

  // the event at hand
  private int type;
  private long timestamp;
  private String tag = "";
  private int source;
  private int interaction;
  private long nodeId;
  private String level = "";
  private String name = "";
  private String method = "";
  private String url = "";
  private String message = "";
  private int status;
  private long durationMs;
  private int adds;
  private int removes;
  private int texts;
  private int attributes;
  private final StringBuilder arguments = new StringBuilder();

  /**
   * @param zero the session's start, in epoch milliseconds
   * @param wanted says of a time since the start whether it is of interest
   */
  MomentReader(long zero, LongPredicate wanted, Consumer<Moment> found) {
    this.zero = zero;
    this.wanted = wanted;
    this.found = found;
  }

  /** Leaves the stream open. */
  void read(InputStream json) throws IOException {
    try (JsonParser parser = EventStream.jsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return;
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        clear();
        event(parser);
        long atMs = Math.max(0, timestamp - zero);
        if (wanted.test(atMs)) {
          Moment moment = moment(atMs);
          if (moment != null) {
            found.accept(moment);
          }
        }
      }
    }
  }

  private void clear() {
    type = -1;
    timestamp = 0;
    tag = "";
    source = -1;
    interaction = -1;
    nodeId = -1;
    level = "";
    name = "";
    method = "";
    url = "";
    message = "";
    status = 0;
    durationMs = 0;
    adds = 0;
    removes = 0;
    texts = 0;
    attributes = 0;
    arguments.setLength(0);
  }

  private void event(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "type" -> type = (int) number(parser);
        case "timestamp" -> timestamp = number(parser);
        case "data" -> data(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void data(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "tag", "plugin" -> tag = text(parser);
        case "payload" -> payload(parser);
        case "source" -> source = (int) number(parser);
        case "type" -> interaction = (int) number(parser);
        case "id" -> nodeId = number(parser);
        case "href" -> url = text(parser);
        case "adds" -> adds = items(parser);
        case "removes" -> removes = items(parser);
        case "texts" -> texts = items(parser);
        case "attributes" -> attributes = items(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void payload(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      message = text(parser);
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "level" -> level = text(parser);
        case "name" -> name = text(parser);
        case "method" -> method = text(parser);
        case "url" -> url = text(parser);
        case "message" -> message = text(parser);
        case "status" -> status = (int) number(parser);
        case "durationMs" -> durationMs = number(parser);
        case "args", "payload" -> arguments(parser); // ours; the console plugin's
        default -> parser.skipChildren();
      }
    }
  }

  private void arguments(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String argument = text(parser);
      if (!argument.isEmpty() && arguments.length() < MAX_TEXT) {
        arguments.append(arguments.length() == 0 ? "" : " ").append(argument);
      }
    }
  }

  private static int items(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return 0;
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      count++;
    }
    return count;
  }

  /** The number that stands there, 0 when something else does. */
  private static long number(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return (long) parser.getDoubleValue();
    }
    parser.skipChildren();
    return 0;
  }

  /** The text that stands there, bounded; blank when something else does. */
  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
      return bounded(parser.getText());
    }
    parser.skipChildren();
    return "";
  }

  static String bounded(String text) {
    String plain =
        text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
            ? text.substring(1, text.length() - 1) // because the console plugin sends JSON as text
            : text;
    if (plain.length() <= MAX_TEXT) {
      return plain;
    }
    boolean splitsPair = Character.isHighSurrogate(plain.charAt(MAX_TEXT - 1));
    return plain.substring(0, splitsPair ? MAX_TEXT - 1 : MAX_TEXT);
  }

  private @Nullable Moment moment(long atMs) {
    return switch (type) {
      case INCREMENTAL -> incremental(atMs);
      case META -> url.isEmpty() ? null : new Moment.Navigated(atMs, url);
      case CUSTOM -> custom(atMs);
      case PLUGIN ->
          tag.startsWith("rrweb/console@")
              ? new Moment.ConsoleEntry(atMs, level, arguments.toString())
              : null;
      default -> null;
    };
  }

  private @Nullable Moment incremental(long atMs) {
    return switch (source) {
      case SOURCE_MUTATION ->
          adds + removes + texts + attributes == 0
              ? null
              : new Moment.PageChanged(atMs, adds, removes, texts, attributes);
      case SOURCE_MOUSE -> interaction == MOUSE_CLICK ? new Moment.Clicked(atMs, nodeId) : null;
      case SOURCE_INPUT -> new Moment.Entered(atMs, nodeId);
      default -> null;
    };
  }

  private @Nullable Moment custom(long atMs) {
    return switch (tag) {
      case "rs.console" ->
          new Moment.ConsoleEntry(
              atMs, level, arguments.length() > 0 ? arguments.toString() : message);
      case "rs.network" ->
          new Moment.RequestEnded(atMs, method.isEmpty() ? "GET" : method, url, status, durationMs);
      case "rs.navigation" -> new Moment.Navigated(atMs, url.isEmpty() ? message : url);
      case "rs.custom" -> new Moment.Custom(atMs, name.isEmpty() ? message : name);
      default ->
          // because rrweb's own and our SDK's inner tags are nothing the page's author sent
          tag.isEmpty() || tag.startsWith("rs.") || tag.startsWith("rrweb")
              ? null
              : new Moment.Custom(atMs, tag);
    };
  }
}
