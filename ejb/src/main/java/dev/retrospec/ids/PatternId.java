package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One failure as the memory of test failures knows it; a UUID. */
public record PatternId(@JsonValue String value) {

  public PatternId {
    value = Ids.checkedUuid("pattern id", value);
  }

  public static PatternId mint() {
    return new PatternId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
