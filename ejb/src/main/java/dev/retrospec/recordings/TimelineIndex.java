package dev.retrospec.recordings;

import dev.retrospec.recordings.IndexedEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one event after another says for the timeline. The walk tells it the scrubbed
 * values while it passes them; at the event's end, when its tag is known whatever the order of its
 * fields, an entry is made or not.
 */
final class TimelineIndex {

  private static final int MAX_FIELDS = 16;
  private static final int MAX_VALUE = 2_000;

  /** No page's author names a field like that, and a name may fill the body. */
  private static final int MAX_NAME = 100;

  private static final int INTERACTION_MOUSE = 2;
  private static final int MOUSE_CLICK = 2;
  private static final String UNKNOWN = "";

  /** Two listeners hear the same click within one task, if a slow one. */
  private static final Duration ONE_CLICK = Duration.ofMillis(100);

  private final List<IndexedEvent> entries = new ArrayList<>();
  private final int maxEntries;
  private int dropped;

  private String tag = UNKNOWN;
  private final String[] names = new String[MAX_FIELDS];
  private final String[] values = new String[MAX_FIELDS];
  private final boolean[] literal = new boolean[MAX_FIELDS];
  private int fields;
  private final StringBuilder arguments = new StringBuilder();
  private int source = -1;
  private int interaction = -1;
  private long nodeId = -1;
  private int x = -1;
  private int y = -1;

  /** Where the last click stands that has no other half yet; -1 when there is none. */
  private int openClick = -1;

  private boolean openClickHasLabel;

  TimelineIndex(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  List<IndexedEvent> entries() {
    return List.copyOf(entries);
  }

  int dropped() {
    return dropped;
  }

  void begin() {
    tag = UNKNOWN;
    fields = 0;
    arguments.setLength(0);
    source = -1;
    interaction = -1;
    nodeId = -1;
    x = -1;
    y = -1;
  }

  /** The tag of a custom event, or the name of a plugin. */
  void tag(char[] chars, int offset, int count) {
    tag = Unicode.text(chars, offset, count, IndexedEvent.MAX_TEXT);
  }

  /** A plain field of the payload. */
  void field(String name, char[] chars, int offset, int count, boolean isLiteral) {
    boolean fits = name.length() <= MAX_NAME && (!isLiteral || count < 32);
    if (fields < MAX_FIELDS && fits) {
      names[fields] = Unicode.text(name.toCharArray(), 0, name.length(), MAX_NAME);
      values[fields] = Unicode.text(chars, offset, count, MAX_VALUE);
      literal[fields++] = isLiteral && !hasExponent(chars, offset, count);
    }
  }

  /**
   * PostgreSQL writes a number out: {@code 1e999999} is none for it, and {@code 1e99999} would be a
   * hundred thousand digits in every answer. Kept as the text that it was.
   */
  private static boolean hasExponent(char[] chars, int offset, int count) {
    boolean number = count > 0 && (Character.isDigit(chars[offset]) || chars[offset] == '-');
    for (int i = offset; number && i < offset + count; i++) {
      if (chars[i] == 'e' || chars[i] == 'E') {
        return true;
      }
    }
    return false;
  }

  /** One of the values that were logged or sent along. */
  void argument(char[] chars, int offset, int count) {
    int room = IndexedEvent.MAX_TEXT - arguments.length() - 1;
    if (room <= 0) {
      return;
    }
    if (arguments.length() > 0) {
      arguments.append(' ');
    }
    boolean quoted = count >= 2 && chars[offset] == '"' && chars[offset + count - 1] == '"';
    int from = quoted ? offset + 1 : offset;
    arguments.append(Unicode.text(chars, from, quoted ? count - 2 : count, room));
  }

  /** A number of an incremental event. */
  void interaction(String name, long value) {
    switch (name) {
      case "source" -> source = (int) value;
      case "type" -> interaction = (int) value;
      case "id" -> nodeId = value;
      case "x" -> x = (int) value;
      default -> y = (int) value;
    }
  }

  /** The event is over: makes the entry that it is, if it is one. */
  void end(int type, Instant at) {
    switch (type) {
      case EventStream.INCREMENTAL -> {
        if (source == INTERACTION_MOUSE && interaction == MOUSE_CLICK) {
          click(new IndexedEvent(at, Kind.CLICK, null, "node " + nodeId, clickData()), false);
        }
      }
      case EventStream.CUSTOM -> custom(at);
      case EventStream.PLUGIN -> {
        if (tag.startsWith("rrweb/console@")) {
          add(entry(at, Kind.CONSOLE, field("level"), arguments.toString()));
        }
      }
      default -> {}
    }
  }

  private void custom(Instant at) {
    switch (tag) {
      case "rs.console" -> add(entry(at, Kind.CONSOLE, field("level"), consoleText()));
      case "rs.network" -> add(entry(at, Kind.NETWORK, null, networkText()));
      case "rs.click" ->
          click(
              entry(
                  at, Kind.CLICK, null, orElse(field("label"), orElse(field("selector"), plain()))),
              true);
      case "rs.navigation" -> add(entry(at, Kind.NAVIGATION, null, orElse(field("url"), plain())));
      case "rs.custom" ->
          add(entry(at, Kind.CUSTOM, null, joined(orElse(field("name"), plain()), arguments)));
      case "rs.vital" ->
          add(
              entry(
                  at,
                  Kind.VITAL,
                  null,
                  joined(orElse(field("name"), ""), orElse(field("value"), ""))));
      case "rs.longtask" -> add(entry(at, Kind.LONGTASK, null, milliseconds()));
      case "rs.span" ->
          add(entry(at, Kind.SPAN, null, joined(orElse(field("name"), ""), milliseconds())));
      case "rs.reduced" ->
          add(
              entry(
                  at,
                  Kind.REDUCED,
                  null,
                  joined(orElse(field("reason"), ""), orElse(field("count"), ""))));
      default -> {
        // because rrweb's own and our SDK's inner tags are not something the page's author sent
        if (!tag.isEmpty() && !tag.startsWith("rs.") && !tag.startsWith("rrweb")) {
          add(entry(at, Kind.CUSTOM, null, tag));
        }
      }
    }
  }

  private String consoleText() {
    return arguments.length() > 0 ? arguments.toString() : orElse(field("message"), plain());
  }

  private String networkText() {
    String text =
        orElse(field("method"), "GET") + " " + orElse(field("url"), "") + " " + field("status");
    return text.endsWith("null") ? text.substring(0, text.length() - 5) : text;
  }

  private String milliseconds() {
    return orElse(field("durationMs"), "?") + " ms";
  }

  private static String joined(String name, CharSequence rest) {
    return rest.length() == 0 ? name : name + " " + rest;
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  /** The payload itself, when it is not an object. */
  private String plain() {
    return orElse(field(UNKNOWN), "");
  }

  private @Nullable String field(String name) {
    for (int i = 0; i < fields; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  private IndexedEvent entry(Instant at, Kind kind, @Nullable String level, String text) {
    char[] chars = text.toCharArray();
    String bounded = Unicode.text(chars, 0, chars.length, IndexedEvent.MAX_TEXT);
    return new IndexedEvent(at, kind, level, bounded, fields == 0 ? null : data());
  }

  /**
   * A click is recorded twice, by rrweb with its place and by our SDK with its label, in whichever
   * order: the two are one entry.
   */
  private void click(IndexedEvent click, boolean hasLabel) {
    IndexedEvent other = openClick < 0 ? null : entries.get(openClick);
    boolean pair =
        other != null
            && openClickHasLabel != hasLabel
            && Duration.between(other.at(), click.at()).abs().compareTo(ONE_CLICK) <= 0;
    if (pair) {
      IndexedEvent label = hasLabel ? click : other;
      IndexedEvent place = hasLabel ? other : click;
      entries.set(
          openClick,
          new IndexedEvent(
              place.at(), Kind.CLICK, null, label.text(), merged(label.data(), place.data())));
      openClick = -1;
      return;
    }
    openClick = entries.size() < maxEntries ? entries.size() : -1;
    openClickHasLabel = hasLabel;
    add(click);
  }

  /** Two JSON objects as one. */
  private static @Nullable String merged(@Nullable String first, @Nullable String second) {
    if (first == null || second == null || first.equals("{}")) {
      return second == null ? first : second;
    }
    return first.substring(0, first.length() - 1) + "," + second.substring(1);
  }

  private void add(IndexedEvent entry) {
    if (entries.size() < maxEntries) {
      entries.add(entry);
    } else {
      dropped++;
    }
  }

  private String clickData() {
    return "{\"nodeId\":" + nodeId + ",\"x\":" + x + ",\"y\":" + y + "}";
  }

  private String data() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < fields; i++) {
      json.append(i == 0 ? "" : ",");
      Unicode.quote(names[i].isEmpty() ? "value" : names[i], json);
      json.append(':');
      if (literal[i]) {
        json.append(values[i]);
      } else {
        Unicode.quote(values[i], json);
      }
    }
    return json.append('}').toString();
  }
}
