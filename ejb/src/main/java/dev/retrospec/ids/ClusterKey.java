package dev.retrospec.ids;

/** The key under which repeated markers gather: derived by the server, stable across sessions. */
public record ClusterKey(String value) {

  public ClusterKey {
    value = Ids.checked("cluster key", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
