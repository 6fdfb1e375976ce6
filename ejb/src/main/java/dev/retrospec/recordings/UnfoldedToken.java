package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JsonToken;

/**
 * A token that {@link UnfoldedTrees} tells and nobody sent.
 *
 * @param text a field's name, or a number
 * @param isOwn it stands for the one at which the parser below stands
 */
record UnfoldedToken(JsonToken kind, String text, boolean isOwn) {

  static final UnfoldedToken OWN = new UnfoldedToken(JsonToken.NOT_AVAILABLE, "", true);
  static final UnfoldedToken START_OBJECT = of(JsonToken.START_OBJECT);
  static final UnfoldedToken END_OBJECT = of(JsonToken.END_OBJECT);
  static final UnfoldedToken START_ARRAY = of(JsonToken.START_ARRAY);
  static final UnfoldedToken END_ARRAY = of(JsonToken.END_ARRAY);
  static final UnfoldedToken NULL = of(JsonToken.VALUE_NULL);
  static final UnfoldedToken ID = name("id");
  static final UnfoldedToken NODE = name("node");
  static final UnfoldedToken PARENT_ID = name("parentId");
  static final UnfoldedToken NEXT_ID = name("nextId");

  private static UnfoldedToken of(JsonToken kind) {
    return new UnfoldedToken(kind, "", false);
  }

  private static UnfoldedToken name(String name) {
    return new UnfoldedToken(JsonToken.FIELD_NAME, name, false);
  }

  static UnfoldedToken number(int number) {
    return new UnfoldedToken(JsonToken.VALUE_NUMBER_INT, Integer.toString(number), false);
  }
}
