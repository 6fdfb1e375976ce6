package dev.retrospec.workers.moments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.recordings.EventId;
import dev.retrospec.recordings.EventStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays of recorded events as a stream of {@link Moment}s. Of the documents nothing is held
 * but what tells the visitor to wait, for each window.
 */
final class MomentReader {

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

  /** By window; elements of different windows have the same numbers. */
  private final Map<Integer, MutationReader> windows = new HashMap<>();

  /** By window, the last chunk that was read of it. */
  private final Map<Integer, Integer> last = new HashMap<>();

  private MutationReader mutation = new MutationReader();

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
  private boolean aborted;
  private String selector = "";
  private String label = "";
  private String id = "";
  private @Nullable EventId event;
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

  /** The same for events of which it is not known where they are stored. */
  void read(InputStream json) throws IOException {
    read(json, null);
  }

  /**
   * Leaves the stream open. A window's chunks come in their order; of what is told to wait across a
   * chunk that is left out, nothing is known.
   *
   * @param seq the chunk that they are stored in
   */
  void read(InputStream json, @Nullable Integer seq) throws IOException {
    int number = seq == null ? 0 : seq;
    int window = new ChunkNumber(number).slot();
    mutation = windows.computeIfAbsent(window, slot -> new MutationReader());
    Integer before = last.put(window, number);
    if (before != null && before + 1 != number) {
      mutation.missSome();
    }
    try (JsonParser parser = EventStream.jsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return;
      }
      for (int index = 0; parser.nextToken() == JsonToken.START_OBJECT; index++) {
        clear();
        event(parser);
        event = seq == null ? null : new EventId(seq, index);
        tell(Math.max(0, timestamp - zero));
      }
    }
  }

  private void tell(long atMs) {
    if (wanted.test(atMs)) {
      Moment moment = moment(atMs);
      if (moment != null) {
        found.accept(moment);
      }
    }
    if (isAct()) {
      mutation.acted(atMs);
    }
    // Whatever the window: what began long before it may still go on.
    mutation.switches(atMs, event, found);
  }

  private boolean isAct() {
    return type == INCREMENTAL
        && (source == SOURCE_INPUT || (source == SOURCE_MOUSE && interaction == MOUSE_CLICK));
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
    aborted = false;
    selector = "";
    label = "";
    id = "";
    mutation.clear();
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
        case "node" -> mutation.snapshot(parser);
        case "adds", "removes", "texts", "attributes" -> mutation.list(field, parser);
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
        case "outcome" -> aborted = "aborted".equals(text(parser));
        case "selector" -> selector = text(parser);
        case "label" -> label = text(parser);
        case "id" -> id = text(parser);
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
      if (!argument.isEmpty() && arguments.length() < Values.MAX_TEXT) {
        arguments.append(arguments.length() == 0 ? "" : " ").append(argument);
      }
    }
  }

  private static long number(JsonParser parser) throws IOException {
    return Values.number(parser);
  }

  private static String text(JsonParser parser) throws IOException {
    return Values.text(parser);
  }

  private @Nullable Moment moment(long atMs) {
    return switch (type) {
      case INCREMENTAL -> incremental(atMs);
      case META -> url.isEmpty() ? null : new Moment.Navigated(atMs, url, event);
      case CUSTOM -> custom(atMs);
      case PLUGIN ->
          tag.startsWith("rrweb/console@")
              ? new Moment.ConsoleEntry(atMs, level, arguments.toString(), event)
              : null;
      default -> null;
    };
  }

  private @Nullable Moment incremental(long atMs) {
    return switch (source) {
      case SOURCE_MUTATION -> mutation.change(atMs, event);
      case SOURCE_MOUSE ->
          interaction == MOUSE_CLICK ? new Moment.Clicked(atMs, nodeId, event) : null;
      case SOURCE_INPUT -> new Moment.Entered(atMs, nodeId, event);
      default -> null;
    };
  }

  private @Nullable Moment custom(long atMs) {
    return switch (tag) {
      case "rs.console" ->
          new Moment.ConsoleEntry(
              atMs, level, arguments.length() > 0 ? arguments.toString() : message, event);
      case "rs.network" ->
          new Moment.RequestEnded(
              atMs, method.isEmpty() ? "GET" : method, url, status, durationMs, aborted, event);
      case "rs.click" ->
          selector.isEmpty() && label.isEmpty()
              ? null
              : new Moment.Pressed(atMs, selector, label, event);
      case "rs.marker" -> id.isEmpty() ? null : new Moment.Marked(atMs, id, event);
      case "rs.navigation" -> new Moment.Navigated(atMs, url.isEmpty() ? message : url, event);
      case "rs.custom" -> new Moment.Custom(atMs, name.isEmpty() ? message : name, event);
      default ->
          // because rrweb's own and our SDK's inner tags are nothing the page's author sent
          tag.isEmpty() || tag.startsWith("rs.") || tag.startsWith("rrweb")
              ? null
              : new Moment.Custom(atMs, tag, event);
    };
  }
}
