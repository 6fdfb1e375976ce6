package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Keeps the {@code data} of one event whose {@code type} comes behind it, as bytes, until the type
 * says how to scrub it. rrweb writes the type first; the JSON standard lets anybody else not to.
 */
final class RawCopy {

  private static final int BUFFER = 4 * 1024;

  private RawCopy() {}

  /** Copies the value at which the parser stands, and leaves it at the value's end. */
  static byte[] of(JsonParser parser) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    JsonSink copy = new JsonSink(new byte[BUFFER], bytes::write);
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      switch (token) {
        case START_OBJECT, START_ARRAY -> {
          copy.start(token.asString().charAt(0));
          depth++;
        }
        case END_OBJECT, END_ARRAY -> {
          copy.end(token.asString().charAt(0));
          depth--;
        }
        case FIELD_NAME -> copy.name(parser.currentName());
        case VALUE_STRING ->
            copy.string(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            copy.literal(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        default -> copy.literal(token.asString());
      }
    } while (depth > 0 && parser.nextToken() != null);
    copy.flush();
    return bytes.toByteArray();
  }
}
