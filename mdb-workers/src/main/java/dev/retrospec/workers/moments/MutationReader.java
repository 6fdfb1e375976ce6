package dev.retrospec.workers.moments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.retrospec.recordings.EventId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads full snapshots and changes of the DOM of one window. Of the document it keeps only which
 * elements tell the visitor to wait; of a change, how large it is and what text came with it.
 */
final class MutationReader {

  private static final int MAX_SHOWN = 240;

  private final WaitingSigns signs = new WaitingSigns();
  private final List<WaitingSigns.Switch> switches = new ArrayList<>();
  private final StringBuilder shown = new StringBuilder();
  private int adds;
  private int removes;
  private int texts;
  private int attributes;

  void clear() {
    switches.clear();
    shown.setLength(0);
    adds = 0;
    removes = 0;
    texts = 0;
    attributes = 0;
  }

  /** The parser stands at the root node of a full snapshot: another document begins. */
  void snapshot(JsonParser parser) throws IOException {
    signs.forget();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      node(parser, false);
    } else {
      parser.skipChildren();
    }
  }

  /** One of the lists of a mutation; anything else is passed over. */
  void list(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        item(name, parser);
      } else {
        parser.skipChildren();
      }
      count(name);
    }
  }

  private void count(String name) {
    switch (name) {
      case "adds" -> adds++;
      case "removes" -> removes++;
      case "texts" -> texts++;
      default -> attributes++;
    }
  }

  private void item(String name, JsonParser parser) throws IOException {
    long id = -1;
    ElementSigns found = new ElementSigns();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "id" -> id = Values.number(parser);
        case "value" -> tell(Values.text(parser));
        case "attributes" -> found.read(parser);
        case "node" -> {
          if (parser.currentToken() == JsonToken.START_OBJECT) {
            node(parser, true);
          } else {
            parser.skipChildren();
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (name.equals("attributes")) {
      add(signs.changed(id, found));
    } else if (name.equals("removes")) {
      add(signs.removed(id));
    }
  }

  private void node(JsonParser parser, boolean isNew) throws IOException {
    long id = -1;
    String text = "";
    boolean isStyle = false;
    ElementSigns found = new ElementSigns();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "id" -> id = Values.number(parser);
        case "tagName" -> found.tag(Values.text(parser));
        case "attributes" -> found.read(parser);
        case "textContent" -> text = Values.text(parser);
        case "isStyle" -> isStyle = parser.currentToken() == JsonToken.VALUE_TRUE;
        case "childNodes" -> children(parser, isNew);
        default -> parser.skipChildren();
      }
    }
    if (isNew && !isStyle) {
      tell(text);
    }
    add(signs.appeared(id, found));
  }

  private void children(JsonParser parser, boolean isNew) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        node(parser, isNew);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void add(WaitingSigns.@Nullable Switch change) {
    if (change != null) {
      switches.add(change);
    }
  }

  private void tell(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    if (!line.isEmpty() && shown.length() + line.length() < MAX_SHOWN) {
      shown.append(shown.length() == 0 ? "" : " ").append(line);
    }
  }

  Moment.@Nullable PageChanged change(long atMs, @Nullable EventId event) {
    return adds + removes + texts + attributes == 0
        ? null
        : new Moment.PageChanged(atMs, adds, removes, texts, attributes, shown.toString(), event);
  }

  /** What tells to wait, and came or went with the event. */
  void switches(long atMs, @Nullable EventId event, Consumer<Moment> found) {
    switches.forEach(
        change ->
            found.accept(
                new Moment.BusyChanged(atMs, change.nodeId(), change.on(), change.what(), event)));
  }
}
