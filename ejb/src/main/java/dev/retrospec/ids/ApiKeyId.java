package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** A project key's public name; says nothing of the secret. */
public record ApiKeyId(@JsonValue String value) {

  public ApiKeyId {
    value = Ids.checked("key id", value);
  }

  public static ApiKeyId mint() {
    return new ApiKeyId(Ids.mint("key_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
