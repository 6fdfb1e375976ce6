package dev.retrospec.ids;

/** One decision to alert, or not to. */
public record AlertEventId(String value) {

  public AlertEventId {
    value = Ids.checked("alert event id", value);
  }

  public static AlertEventId mint() {
    return new AlertEventId(Ids.mint("alert_"));
  }

  @Override
  public String toString() {
    return value;
  }
}
