package dev.retrospec.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * A body's values beside its events, counted while they are read: lists, maps and trees are built
 * before anybody can ask how long they are. What is skipped does not count.
 */
final class FewValues extends JsonParserDelegate {

  /** JSON tokens, of one body. 200 markers with everything in them have 10,000. */
  static final int MAX = 50_000;

  private int read;

  FewValues(JsonParser body) {
    super(body);
  }

  boolean areTooMany() {
    return read > MAX;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    if (++read > MAX) {
      throw new StreamConstraintsException("more than " + MAX + " values", currentLocation());
    }
    return super.nextToken();
  }

  @Override
  public JsonToken nextValue() throws IOException {
    JsonToken token = nextToken();
    return token == JsonToken.FIELD_NAME ? nextToken() : token;
  }
}
