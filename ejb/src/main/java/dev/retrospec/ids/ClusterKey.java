package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** The key under which repeated markers gather: derived by the server, stable across sessions. */
public record ClusterKey(@JsonValue String value) {

  public ClusterKey {
    value = Ids.checked("cluster key", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
