package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** A customer's project: the boundary that no data crosses. */
public record ProjectId(@JsonValue String value) {

  public ProjectId {
    value = Ids.checked("project id", value);
  }

  public static ProjectId mint() {
    return new ProjectId(Ids.mint("proj_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
