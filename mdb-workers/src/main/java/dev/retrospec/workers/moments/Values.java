package dev.retrospec.workers.moments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Values of events, as they are or not at all: a recording is a stranger's. */
final class Values {

  static final int MAX_TEXT = 500;

  private Values() {}

  /** The number that stands there, 0 when something else does. */
  static long number(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return (long) parser.getDoubleValue();
    }
    parser.skipChildren();
    return 0;
  }

  /** The text that stands there, bounded; blank when something else does. */
  static String text(JsonParser parser) throws IOException {
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
}
