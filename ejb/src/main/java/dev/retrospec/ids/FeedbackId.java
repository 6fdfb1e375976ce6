package dev.retrospec.ids;

/** One person's word on an issue. */
public record FeedbackId(String value) {

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
