package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One run of a project's tests; a UUID, given by the client or minted here. */
public record TestRunId(@JsonValue String value) {

  public TestRunId {
    value = Ids.checkedUuid("test run id", value);
  }

  public static TestRunId mint() {
    return new TestRunId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
