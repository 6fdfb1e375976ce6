package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.ClusterKey;

/**
 * The key of the event that an issue crosses a threshold: one in each window, whichever node looks.
 *
 * @param window its number
 */
record CrossingKey(long window) {

  String of(ClusterKey issue) {
    return before() + issue.value() + after();
  }

  /** What stands before the issue's key. */
  String before() {
    return RuleEvent.THRESHOLD.wireName() + "|";
  }

  /** What stands behind it. */
  String after() {
    return "|" + window;
  }
}
