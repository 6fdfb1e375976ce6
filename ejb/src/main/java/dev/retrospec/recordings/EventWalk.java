package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.retrospec.privacy.ScrubPass;
import dev.retrospec.privacy.ScrubRule;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks one value of an event, token by token, and writes it scrubbed. Keeps its own stack, because
 * the depth is the client's choice.
 */
final class EventWalk {

  private static final int TAG_UNKNOWN = 0;
  private static final int TAG_PLAIN = 1;
  private static final int TAG_STYLE = 2;
  private static final int TAG_SCRIPT = 3;
  private static final int TAG_INLINE = 4;

  private static final int NODE_TEXT = 3;

  private static final int NODE_CDATA = 4;
  private static final int NODE_COMMENT = 5;

  /**
   * rrweb writes this in place of a script's text, and plays {@code script} as {@code noscript}.
   */
  private static final String SCRIPT_PLACEHOLDER = "SCRIPT_PLACEHOLDER";

  /** Elements that load or redirect when rebuilt; they keep their children under another name. */
  private static final Set<String> ACTIVE_ELEMENTS =
      Set.of("base", "object", "embed", "applet", "portal");

  private static final int LONGEST_ACTIVE_ELEMENT = 6;

  /** Longer than this, the number of stars is nobody's help. */
  private static final int LONGEST_MASK = 64;

  private static final int LONGEST_HREF = 2_048;

  private final JsonSink sink;
  private final ScrubPass scrub;
  private final TimelineIndex timeline;
  private final InlineTexts lines;

  private int[] slots = new int[64];
  private boolean[] arrays = new boolean[64];
  private int[] ownTag = new int[64];
  private int[] parentTag = new int[64];
  private int[] nodeType = new int[64];
  private boolean[] secretInput = new boolean[64];
  private int depth;

  private int scattered; // the depth of a list of added nodes; 0 outside
  private int nodeId;
  private int parentId;
  private int nextId;

  private @Nullable String href;
  private int width = -1;
  private int height = -1;

  EventWalk(JsonSink sink, ScrubPass scrub, TimelineIndex timeline) {
    this.sink = sink;
    this.scrub = scrub;
    this.timeline = timeline;
    this.lines = new InlineTexts(sink, scrub);
  }

  @Nullable String href() {
    return href;
  }

  @Nullable Viewport viewport() {
    boolean known = width >= 0 && width <= Viewport.MAX && height >= 0 && height <= Viewport.MAX;
    return known ? new Viewport(width, height) : null;
  }

  /** Writes the value at which the parser stands, which is in this slot. */
  void value(JsonParser parser, int slot) throws IOException {
    depth = 0;
    token(parser, parser.currentToken(), slot, "");
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      switch (token) {
        case FIELD_NAME -> field(parser);
        case END_OBJECT, END_ARRAY -> {
          ended(token == JsonToken.END_OBJECT);
          depth--;
          sink.end(token == JsonToken.END_OBJECT ? '}' : ']');
        }
        default -> token(parser, token, slots[depth], "");
      }
    }
  }

  /** Of lists of added nodes, and of nodes: what is not inline ends the line. */
  private void ended(boolean object) {
    int slot = slots[depth];
    if (slot == Slot.ADDITION && !object) {
      lines.endScattered();
      scattered = 0;
    } else if (slot == Slot.NODE && object) {
      boolean inline = ownTag[depth] == TAG_INLINE;
      if (scattered > 0 && depth == scattered + 2) {
        lines.scattered(nodeId, parentId, nextId, inline);
      } else if (scattered == 0 && !inline && nodeType[depth] != NODE_TEXT) {
        lines.end();
      }
    }
  }

  private void field(JsonParser parser) throws IOException {
    FieldName name = FieldName.of(parser.currentName());
    int parent = slots[depth];
    int slot = name.slotIn(parent);
    if (slot == Slot.NODE_TEXT) {
      slot = textSlot();
    } else if (slot == Slot.DROP) {
      scrub.count(ScrubRule.ACTIVE_CONTENT);
      parser.nextToken();
      parser.skipChildren();
      return;
    }
    String written = name.name();
    if (parent == Slot.PAYLOAD || parent == Slot.ARGUMENTS || parent == Slot.CUSTOM_PAYLOAD) {
      written = payloadName(name);
    } else {
      sink.name(name);
    }
    token(parser, parser.nextToken(), slot, written);
  }

  /** In data of unknown shape a name can be somebody's, too: {@code {"ann@example.org": 3}}. */
  private String payloadName(FieldName name) {
    char[] chars = name.name().toCharArray();
    if (scrub.text(chars, 0, chars.length)) {
      sink.name(scrub.buffer(), 0, scrub.length());
      return new String(scrub.buffer(), 0, scrub.length());
    }
    sink.name(name);
    return name.name();
  }

  private int textSlot() {
    if (nodeType[depth] == NODE_COMMENT || nodeType[depth] == NODE_CDATA) {
      return Slot.EMPTY;
    }
    return switch (parentTag[depth]) {
      case TAG_STYLE -> Slot.STYLE;
      case TAG_SCRIPT -> Slot.SCRIPT_TEXT;
      case TAG_UNKNOWN -> Slot.LOOSE_TEXT;
      default -> Slot.TEXT;
    };
  }

  private void token(JsonParser parser, JsonToken token, int slot, String name) throws IOException {
    switch (token) {
      case START_OBJECT -> push(inside(slot, false), false);
      case START_ARRAY -> push(inside(slot, true), true);
      case VALUE_STRING -> string(parser, slot, name);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, token, slot, name);
      default -> {
        sink.literal(token.asString());
        nextId = slot == Slot.NEXT_ID ? 0 : nextId;
        if (slots[depth] == Slot.CUSTOM_PAYLOAD) {
          char[] chars = token.asCharArray();
          timeline.field(name, chars, 0, chars.length, true);
        }
      }
    }
  }

  /** A container in a place for a plain value is data of unknown shape; a list keeps the slot. */
  private static int inside(int slot, boolean array) {
    if (array || slot == Slot.RAW || slot == Slot.SECRET || slot >= Slot.PAYLOAD) {
      return slot;
    }
    return Slot.PAYLOAD;
  }

  private void push(int slot, boolean array) {
    int below = depth++;
    if (depth == slots.length) {
      grow();
    }
    slots[depth] = slot;
    arrays[depth] = array;
    nodeType[depth] = 0;
    secretInput[depth] = false;
    if (slot == Slot.ADDITION && array) {
      lines.beginScattered();
      scattered = depth;
    }
    if (slot == Slot.NODE) {
      boolean child = below > 0 && slots[below] == Slot.NODE;
      int outer = arrays[below] ? parentTag[below] : ownTag[below];
      parentTag[depth] = child ? outer : TAG_UNKNOWN;
      ownTag[depth] = TAG_PLAIN;
    }
    sink.start(array ? '[' : '{');
  }

  private void grow() {
    int size = slots.length * 2;
    slots = Arrays.copyOf(slots, size);
    arrays = Arrays.copyOf(arrays, size);
    ownTag = Arrays.copyOf(ownTag, size);
    parentTag = Arrays.copyOf(parentTag, size);
    nodeType = Arrays.copyOf(nodeType, size);
    secretInput = Arrays.copyOf(secretInput, size);
  }

  private void number(JsonParser parser, JsonToken token, int slot, String name)
      throws IOException {
    char[] chars = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    int count = parser.getTextLength();
    if (slot == Slot.SECRET) {
      written(ScrubRule.SECRET_FIELD, ScrubRule.SECRET_FIELD.tag());
      return;
    }
    if (mayBeCard(slot, count) && scrub.identifier(chars, offset, count)) {
      sink.string(scrub.buffer(), 0, scrub.length());
      return;
    }
    sink.literal(chars, offset, count);
    if (slot == Slot.RAW || slot == Slot.STYLE) {
      return;
    }
    boolean small = token == JsonToken.VALUE_NUMBER_INT && count < 10;
    switch (slot) {
      case Slot.NODE_ID -> nodeId = scattered > 0 && small ? parser.getIntValue() : 0;
      case Slot.PARENT_ID -> parentId = small ? parser.getIntValue() : 0;
      case Slot.NEXT_ID -> nextId = small ? parser.getIntValue() : 0;
      case Slot.NODE_TYPE -> nodeType[depth] = small ? parser.getIntValue() : 0;
      case Slot.INTERACTION -> timeline.interaction(name, small ? parser.getIntValue() : -1);
      case Slot.WIDTH -> width = small ? parser.getIntValue() : -1;
      case Slot.HEIGHT -> height = small ? parser.getIntValue() : -1;
      default -> captured(slot, name, chars, offset, count, true);
    }
  }

  /** In data of unknown shape a card's number can also stand without quotes. */
  private static boolean mayBeCard(int slot, int count) {
    boolean unknown = slot == Slot.PAYLOAD || slot == Slot.CUSTOM_PAYLOAD || slot == Slot.ARGUMENTS;
    return unknown && count >= 13 && count <= 19;
  }

  /** Tells the timeline a value as it was written. */
  private void captured(
      int slot, String name, char[] chars, int offset, int count, boolean literal) {
    int container = slots[depth];
    if (container == Slot.CUSTOM_PAYLOAD || slot == Slot.CUSTOM_PAYLOAD) {
      timeline.field(container == Slot.CUSTOM_PAYLOAD ? name : "", chars, offset, count, literal);
    } else if (container == Slot.ARGUMENTS || slot == Slot.ARGUMENTS) {
      timeline.argument(chars, offset, count);
    }
  }

  private void string(JsonParser parser, int slot, String name) throws IOException {
    char[] chars = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    int count = parser.getTextLength();
    if (slot == Slot.RAW) {
      sink.string(chars, offset, count);
      return;
    }
    switch (slot) {
      case Slot.SECRET -> written(ScrubRule.SECRET_FIELD, ScrubRule.SECRET_FIELD.tag());
      case Slot.SCRIPT_TEXT -> sink.string(SCRIPT_PLACEHOLDER);
      case Slot.EMPTY -> sink.string("");
      case Slot.TAG_NAME -> tagName(chars, offset, count);
      case Slot.INPUT_VALUE -> {
        if (secretInput[depth] && count > 0) {
          written(ScrubRule.SECRET_FIELD, "*".repeat(Math.min(count, LONGEST_MASK)));
        } else {
          scrubbed(Slot.ATTRIBUTE, name, chars, offset, count);
        }
      }
      case Slot.INPUT_TYPE -> {
        secretInput[depth] =
            Signs.equalsIgnoreCase(chars, offset, count, "password")
                || Signs.equalsIgnoreCase(chars, offset, count, "hidden");
        sink.string(chars, offset, count);
      }
      default -> scrubbed(slot, name, chars, offset, count);
    }
  }

  private void written(ScrubRule rule, String replacement) {
    scrub.count(rule);
    sink.string(replacement);
  }

  private void scrubbed(int slot, String name, char[] chars, int offset, int count) {
    boolean line = slots[depth] == Slot.NODE && (slot == Slot.TEXT || slot == Slot.LOOSE_TEXT);
    if (line) {
      lines.beforeText();
    }
    if (scrub(slot, chars, offset, count)) {
      sink.string(scrub.buffer(), 0, scrub.length());
      written(line, slot, name, scrub.buffer(), 0, scrub.length());
    } else {
      sink.string(chars, offset, count);
      written(line, slot, name, chars, offset, count);
    }
  }

  private boolean scrub(int slot, char[] chars, int offset, int count) {
    return switch (slot) {
      case Slot.IDENTIFIER -> scrub.identifier(chars, offset, count);
      case Slot.URL -> scrub.url(chars, offset, count);
      case Slot.HREF, Slot.PAGE_URL -> scrub.pageUrl(chars, offset, count);
      case Slot.PAYLOAD, Slot.CUSTOM_PAYLOAD, Slot.ARGUMENTS -> scrub.log(chars, offset, count);
      case Slot.URL_LIST -> scrub.urlList(chars, offset, count);
      case Slot.STYLE -> scrub.style(chars, offset, count);
      case Slot.LOOSE_TEXT ->
          Signs.looksLikeStyleSheet(chars, offset, count)
              ? scrub.identifier(chars, offset, count)
              : scrub.text(chars, offset, count);
      case Slot.ATTRIBUTE ->
          Signs.mayRun(chars, offset, count)
              ? scrub.url(chars, offset, count)
              : scrub.text(chars, offset, count);
      default -> scrub.text(chars, offset, count);
    };
  }

  /** What was written is also what the index may know. */
  private void written(boolean line, int slot, String name, char[] chars, int offset, int count) {
    if (line) {
      lines.afterText(chars, offset, count);
    } else {
      note(slot, name, chars, offset, count);
    }
  }

  private void note(int slot, String name, char[] chars, int offset, int count) {
    switch (slot) {
      case Slot.HREF -> href = Unicode.text(chars, offset, count, LONGEST_HREF);
      case Slot.CUSTOM_TAG -> timeline.tag(chars, offset, count);
      default -> captured(slot, name, chars, offset, count, false);
    }
  }

  private void tagName(char[] chars, int offset, int count) {
    ownTag[depth] = InlineTexts.isInline(chars, offset, count) ? TAG_INLINE : TAG_PLAIN;
    if (ownTag[depth] == TAG_INLINE) {
      sink.string(chars, offset, count);
      return;
    }
    if (scattered == 0) {
      lines.end();
    }
    if (Signs.equalsIgnoreCase(chars, offset, count, "style")) {
      ownTag[depth] = TAG_STYLE;
    } else if (Signs.equalsIgnoreCase(chars, offset, count, "script")) {
      ownTag[depth] = TAG_SCRIPT;
      // because rrweb makes a script harmless by this very spelling only
      sink.string("script");
      return;
    } else if (count <= LONGEST_ACTIVE_ELEMENT
        && ACTIVE_ELEMENTS.contains(new String(chars, offset, count).toLowerCase(Locale.ROOT))) {
      written(ScrubRule.ACTIVE_CONTENT, "rs-" + new String(chars, offset, count));
      return;
    }
    sink.string(chars, offset, count);
  }
}
