package dev.retrospec.inspection;

import java.util.Locale;
import java.util.Optional;

/** What comes first in the list of issues. */
public enum IssueOrder {
  LAST_SEEN("Last seen", "last_seen_at desc"),
  FIRST_SEEN("First seen", "first_seen_at desc"),
  SESSIONS("Most sessions", "session_count desc"),
  USERS("Most users", "user_count desc");

  private final String label;
  private final String sql;

  IssueOrder(String label, String sql) {
    this.label = label;
    this.sql = sql;
  }

  public String label() {
    return label;
  }

  /** The name in URLs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sql() {
    return sql;
  }

  public static Optional<IssueOrder> fromWireName(String name) {
    for (IssueOrder order : values()) {
      if (order.wireName().equals(name)) {
        return Optional.of(order);
      }
    }
    return Optional.empty();
  }
}
