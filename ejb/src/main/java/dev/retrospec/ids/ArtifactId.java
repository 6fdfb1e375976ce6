package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** A stored result about a session. */
public record ArtifactId(@JsonValue String value) {

  public ArtifactId {
    value = Ids.checked("artifact id", value);
  }

  public static ArtifactId mint() {
    return new ArtifactId(Ids.mint("art_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
