package dev.retrospec.inspection;

import java.util.Locale;
import java.util.Optional;

/** The presets of the list of issues, in the order of their tabs. */
public enum IssueTab {
  /** Neither resolved nor muted. */
  ACTIVE("Active"),
  OPEN("Open"),
  ACKNOWLEDGED("Acknowledged"),
  /** Resolved once, and seen again. */
  REGRESSED("Regressed"),
  MUTED("Muted"),
  RESOLVED("Resolved");

  private final String label;

  IssueTab(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** The name in URLs, the same as the API's {@code state}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<IssueTab> fromWireName(String name) {
    for (IssueTab tab : values()) {
      if (tab.wireName().equals(name)) {
        return Optional.of(tab);
      }
    }
    return Optional.empty();
  }
}
