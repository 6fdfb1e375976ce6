package dev.retrospec.alerts.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.issues.IssueView;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Locale;

/** What shares one cooldown, and so one alert within it. */
public enum GroupBy {
  /** Each issue has its own. */
  ISSUE,
  /** All issues of one kind. */
  KIND,
  /** All issues of one route. */
  ROUTE,
  /** All issues of the project. */
  PROJECT;

  /** The name in JSON and SQL. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidRequest when there is no such grouping
   */
  @JsonCreator
  public static GroupBy fromWireName(String name) {
    for (GroupBy group : values()) {
      if (group.wireName().equals(name)) {
        return group;
      }
    }
    throw new InvalidRequest("groupBy must be one of issue, kind, route, project");
  }

  /** The same for issues of the same group. */
  public String key(IssueView issue) {
    return switch (this) {
      case ISSUE -> "issue:" + issue.key().value();
      case KIND -> "kind:" + issue.kind().wireName();
      case ROUTE -> "route:" + issue.route();
      case PROJECT -> "project";
    };
  }
}
