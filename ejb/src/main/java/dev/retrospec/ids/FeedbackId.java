package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** One person's word on an issue. */
public record FeedbackId(@JsonValue String value) {

  public FeedbackId {
    value = Ids.checked("feedback id", value);
  }

  public static FeedbackId mint() {
    return new FeedbackId(Ids.mint("fb_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
