package dev.retrospec.ids;

/** A stored result about a session. */
public record ArtifactId(String value) {

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
