package dev.retrospec.ids;

/** The verdict on a session. */
public record ReportCardId(String value) {

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
