package dev.retrospec.workers.moments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.retrospec.recordings.EventId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads full snapshots and changes of the DOM of one window. Of the document it keeps only which
 * elements tell the visitor to wait; of a change, how large it is and what text came with it.
 */
final class MutationReader {

  private static final int MAX_SHOWN = 240;

  /** What a page does because of its visitor, it begins within that time. */
  private static final long PROMPT_MS = 2_000;

  private static final long NOWHERE = -1;

  private final WaitingSigns signs = new WaitingSigns();
  private final List<WaitingSigns.Switch> switches = new ArrayList<>();
  private final StringBuilder shown = new StringBuilder();
  private long actedAtMs = Long.MIN_VALUE / 2;
  private boolean wholePage;
  private int adds;
  private int removes;
  private int texts;
  private int attributes;

  void clear() {
    switches.clear();
    shown.setLength(0);
    wholePage = false;
    adds = 0;
    removes = 0;
    texts = 0;
    attributes = 0;
  }

  /** The visitor did something in the window. */
  void acted(long atMs) {
    actedAtMs = atMs;
  }

  /** What comes next was not recorded right after what was read. */
  void missSome() {
    signs.missSome();
  }

  /**
   * The parser stands at the root node of a full snapshot: another document, or another picture of
   * the same one, in which elements keep their numbers.
   */
  void snapshot(JsonParser parser) throws IOException {
    Map<Long, String> before = signs.beginAgain();
    wholePage = true;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      node(parser, false);
    } else {
      parser.skipChildren();
    }
    switches.removeIf(now -> before.remove(now.nodeId(), now.what()));
    before.forEach((id, what) -> switches.add(0, new WaitingSigns.Switch(id, false, what)));
  }

  /** One of the lists of a mutation; anything else is passed over. */
  void list(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    Set<Long> removed = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        long id = item(name, parser);
        if (name.equals("removes")) {
          removed.add(id);
        }
      } else {
        parser.skipChildren();
      }
      count(name);
    }
    if (!removed.isEmpty()) {
      switches.addAll(signs.removed(removed));
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

  private long item(String name, JsonParser parser) throws IOException {
    long id = NOWHERE;
    long parent = NOWHERE;
    long added = NOWHERE;
    ElementSigns found = new ElementSigns();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "id" -> id = Values.number(parser);
        case "parentId" -> parent = Values.number(parser);
        case "value" -> tell(Values.text(parser));
        case "attributes" -> found.read(parser);
        case "node" -> {
          if (parser.currentToken() == JsonToken.START_OBJECT) {
            added = node(parser, true);
          } else {
            parser.skipChildren();
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (name.equals("attributes")) {
      add(signs.changed(id, found));
    } else if (name.equals("adds")) {
      signs.placed(added, parent);
    }
    return id;
  }

  private long node(JsonParser parser, boolean isNew) throws IOException {
    long id = NOWHERE;
    String text = "";
    boolean isStyle = false;
    List<Long> children = List.of();
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
        case "childNodes" -> children = children(parser, isNew);
        default -> parser.skipChildren();
      }
    }
    if (isNew && !isStyle) {
      tell(text);
    }
    add(signs.appeared(id, found));
    for (long child : children) {
      signs.placed(child, id); // only now: rrweb writes a node's number after its children
    }
    return id;
  }

  private List<Long> children(JsonParser parser, boolean isNew) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return List.of();
    }
    List<Long> ids = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        ids.add(node(parser, isNew));
      } else {
        parser.skipChildren();
      }
    }
    return ids;
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
    boolean prompted = !wholePage && atMs - actedAtMs <= PROMPT_MS;
    switches.forEach(
        change ->
            found.accept(
                new Moment.BusyChanged(
                    atMs, change.nodeId(), change.on(), change.what(), prompted, event)));
  }
}
