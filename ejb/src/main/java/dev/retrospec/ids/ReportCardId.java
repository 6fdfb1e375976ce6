package dev.retrospec.ids;

import com.fasterxml.jackson.annotation.JsonValue;

/** The verdict on a session. */
public record ReportCardId(@JsonValue String value) {

  public ReportCardId {
    value = Ids.checked("report card id", value);
  }

  public static ReportCardId mint() {
    return new ReportCardId(Ids.mint("card_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
