package dev.retrospec.recordings;

/**
 * What may stand at a place of an rrweb event, and so how it is scrubbed. Plain numbers, because
 * one is looked up for every token of every recording.
 */
final class Slot {

  /** rrweb's own values: copied as they are, with everything below. */
  static final int RAW = 0;

  /** Leave the field out. */
  static final int DROP = 1;

  /** Text that people read, or a value of unknown shape; containers below are {@link #PAYLOAD}. */
  static final int TEXT = 2;

  /** Text of a node whose parent is not known: may be a style sheet. */
  static final int LOOSE_TEXT = 3;

  static final int IDENTIFIER = 4;
  static final int URL = 5;
  static final int URL_LIST = 6;

  /** A value that is replaced whatever it is. */
  static final int SECRET = 7;

  /** Text of a script: replaced by rrweb's own placeholder. */
  static final int SCRIPT_TEXT = 8;

  /** Text of a comment: replaced by nothing. */
  static final int EMPTY = 9;

  static final int TAG_NAME = 10;
  static final int NODE_TYPE = 11;

  /** An attribute's value that is not known to be an address, but might be used as one. */
  static final int ATTRIBUTE = 12;

  static final int INPUT_TYPE = 13;
  static final int INPUT_VALUE = 14;

  /** A number of an incremental event that tells a click. */
  static final int INTERACTION = 15;

  static final int HREF = 16;
  static final int WIDTH = 17;
  static final int HEIGHT = 18;
  static final int CUSTOM_TAG = 19;

  /** The address of a page or of a request, in data of ours. */
  static final int PAGE_URL = 20;

  /** A value of unknown shape; its field names say what is in it. */
  static final int PAYLOAD = 21;

  /** The payload of a custom or plugin event: its plain fields go to the timeline. */
  static final int CUSTOM_PAYLOAD = 22;

  /** What was logged or sent along: its strings become the timeline entry's text. */
  static final int ARGUMENTS = 23;

  static final int SNAPSHOT = 24;
  static final int INCREMENTAL = 25;
  static final int META = 26;
  static final int CUSTOM = 27;
  static final int PLUGIN = 28;
  static final int NODE = 29;
  static final int ATTRIBUTES = 30;
  static final int TEXT_MUTATION = 31;
  static final int ATTRIBUTE_MUTATION = 32;
  static final int ADDITION = 33;

  /** A node's text: what it is depends on the node and its parent. */
  static final int NODE_TEXT = 34;

  /** Numbers that say where an added node stands. */
  static final int NODE_ID = 35;

  static final int PARENT_ID = 36;
  static final int NEXT_ID = 37;

  /** Style sheets, and what holds their rules: of these only the addresses are scrubbed. */
  static final int STYLE = 38;

  static final int COUNT = 39;

  private Slot() {}

  /** The {@code data} of an event of this type. */
  static int ofData(int eventType) {
    return switch (eventType) {
      case EventStream.FULL_SNAPSHOT -> SNAPSHOT;
      case EventStream.INCREMENTAL -> INCREMENTAL;
      case EventStream.META -> META;
      case EventStream.CUSTOM -> CUSTOM;
      case EventStream.PLUGIN -> PLUGIN;
      default -> PAYLOAD;
    };
  }
}
