package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One stored source map; minted as {@code map_…}. */
public record SourceMapId(@JsonValue String value) {

  public SourceMapId {
    value = Ids.checked("source map id", value);
  }

  public static SourceMapId mint() {
    return new SourceMapId(Ids.mint("map_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
