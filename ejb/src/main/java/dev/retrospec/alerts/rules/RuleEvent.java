package dev.retrospec.alerts.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What may happen that is worth an alert. */
public enum RuleEvent {
  /** A cluster became an issue. */
  NEW_ISSUE("issue_cluster_promoted"),
  /** A resolved issue was seen again. */
  REGRESSED("issue_cluster_regressed"),
  /** An issue comes much more often than it used to. */
  ESCALATING("issue_cluster_escalating"),
  /** An issue was met by so many within a time. */
  THRESHOLD("issue_cluster_threshold"),
  /** The report card of a session with an issue is ready. */
  REPORT_READY("report_card_ready");

  private static final String NAMES =
      Arrays.stream(values()).map(RuleEvent::wireName).collect(Collectors.joining(", "));

  private final String hookName;

  RuleEvent(String hookName) {
    this.hookName = hookName;
  }

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The {@code event} of a webhook's body. */
  public String hookName() {
    return hookName;
  }

  /**
   * @throws InvalidRequest when there is no such event
   */
  @JsonCreator
  public static RuleEvent fromWireName(String name) {
    for (RuleEvent event : values()) {
      if (event.wireName().equals(name)) {
        return event;
      }
    }
    throw new InvalidRequest("events must be a list of " + NAMES);
  }
}
