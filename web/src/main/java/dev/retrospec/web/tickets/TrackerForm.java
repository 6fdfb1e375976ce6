package dev.retrospec.web.tickets;

import dev.retrospec.tickets.TrackerChange;
import dev.retrospec.tickets.TrackerKind;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a tracker as people send it. Fields carry their tracker's name: a page has several. */
final class TrackerForm {

  private TrackerForm() {}

  /**
   * An empty token or secret leaves the stored one.
   *
   * @param sent a field's value; empty when it was not sent
   * @throws dev.retrospec.platform.failure.InvalidRequest when it cannot be
   */
  static TrackerChange read(TrackerKind kind, UnaryOperator<String> sent) {
    return new TrackerChange(
        kind,
        field(kind, "server", sent),
        sent.apply(name(kind, "place")),
        field(kind, "account", sent),
        field(kind, "token", sent),
        field(kind, "secret", sent),
        isOn(kind, "resolves", sent),
        isOn(kind, "closes", sent));
  }

  /** Whether the secret of the tracker's messages is to be another one. */
  static boolean renewsSecret(TrackerKind kind, UnaryOperator<String> sent) {
    return isOn(kind, "renew", sent);
  }

  private static boolean isOn(TrackerKind kind, String field, UnaryOperator<String> sent) {
    return !sent.apply(name(kind, field)).isEmpty();
  }

  private static @Nullable String field(
      TrackerKind kind, String field, UnaryOperator<String> sent) {
    String value = sent.apply(name(kind, field));
    return value.isBlank() ? null : value;
  }

  private static String name(TrackerKind kind, String field) {
    return kind.wireName() + "-" + field;
  }
}
