package dev.retrospec.recordings;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A field's name with what was found out about it: its JSON, and the slot it opens in each kind of
 * object. Recordings repeat some fifty names many thousand times, so the answers are kept.
 */
final class FieldName {

  private static final int KEPT = 1024;
  private static final int LONGEST_KEPT = 32;
  private static final byte UNKNOWN = -1;

  /**
   * Two places for each name. Races are harmless: what is published is complete, and what is lost
   * is made again. Bounded, because the names are the client's.
   */
  private static final FieldName[] NAMES = new FieldName[KEPT];

  private final String name;
  private final byte[] json;
  private final byte[] slots = new byte[Slot.COUNT];

  private FieldName(String name) {
    this.name = name;
    this.json = quoted(name);
    Arrays.fill(slots, UNKNOWN);
  }

  static FieldName of(String name) {
    int place = name.hashCode() & (KEPT - 1);
    FieldName first = NAMES[place];
    if (first != null && first.isCalled(name)) {
      return first;
    }
    FieldName second = NAMES[place ^ 1];
    if (second != null && second.isCalled(name)) {
      return second;
    }
    FieldName made = new FieldName(name);
    if (name.length() <= LONGEST_KEPT) {
      NAMES[first == null ? place : place ^ 1] = made;
    }
    return made;
  }

  private boolean isCalled(String other) {
    return name == other || name.equals(other); // the parser mostly gives the same instance
  }

  private static byte[] quoted(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length() + 3);
    JsonSink sink = new JsonSink(new byte[64], bytes::write);
    char[] chars = name.toCharArray();
    sink.name(chars, 0, chars.length);
    sink.flush();
    return bytes.toByteArray();
  }

  String name() {
    return name;
  }

  /** The name in quotes with its colon; not to be changed. */
  byte[] json() {
    return json;
  }

  /** What the field holds in an object that stands in this slot. */
  int slotIn(int container) {
    int slot = slots[container];
    if (slot == UNKNOWN) {
      slot = Grammar.field(container, name);
      slots[container] = (byte) slot;
    }
    return slot;
  }
}
