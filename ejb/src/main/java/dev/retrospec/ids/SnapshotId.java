package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One capture of a page; a UUID. */
public record SnapshotId(@JsonValue String value) {

  public SnapshotId {
    value = Ids.checkedUuid("snapshot id", value);
  }

  public static SnapshotId mint() {
    return new SnapshotId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
