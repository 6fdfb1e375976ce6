package dev.retrospec.alerts.rules;

import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an event is told under a rule. Nothing that the rule is about gets lost: what comes within a
 * cooldown or in quiet hours is told after it, unless the same was told about the same issue.
 */
public final class RulePolicy {

  /** An issue that has not met enough people by then is not what the rule asks for. */
  static final Duration PATIENCE = Duration.ofDays(7);

  private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final RuleSettings rule;

  public RulePolicy(RuleSettings rule) {
    this.rule = rule;
  }

  /**
   * Decides about one event.
   *
   * @param facts of the issue as it is now
   */
  public RuleDecision decide(Happened happened, IssueFacts facts, AlreadyTold told, Instant now) {
    IssueView issue = facts.issue();
    if (issue.state() == TriageState.MUTED || issue.state() == TriageState.RESOLVED) {
      return new RuleDecision.Suppress(issue.state().wireName());
    }
    if (!rule.about().isAbout(facts)) {
      return new RuleDecision.Suppress("filtered");
    }
    if (happened.event() == RuleEvent.REPORT_READY && !isSureEnough(happened)) {
      return new RuleDecision.Suppress("low_report_confidence");
    }
    if (!rule.about().hasEnoughUsers(issue)) {
      return waitFor("few_users", happened, now);
    }
    if (!rule.about().isCertainEnough(issue)) {
      return waitFor("low_confidence", happened, now);
    }
    if (told.same() != null && isCooling(told.same(), now)) {
      return new RuleDecision.Suppress("cooldown");
    }
    Optional<Instant> quietUntil =
        Optional.ofNullable(rule.quietHours()).flatMap(quiet -> quiet.endsAfter(now));
    if (quietUntil.isPresent()) {
      return new RuleDecision.Hold(quietUntil.get(), "quiet_hours");
    }
    if (told.group() != null && isCooling(told.group(), now)) {
      return new RuleDecision.Hold(told.group().plus(rule.cooldown()), "cooldown");
    }
    return new RuleDecision.Tell();
  }

  private boolean isSureEnough(Happened happened) {
    Double wanted = rule.minReportConfidence();
    Double given = happened.reportConfidence();
    return given != null && (wanted == null || given >= wanted);
  }

  private boolean isCooling(Instant last, Instant now) {
    return now.isBefore(last.plus(rule.cooldown()));
  }

  /** The older the event, the more rarely it is looked at. */
  private static RuleDecision waitFor(String reason, Happened happened, Instant now) {
    Duration age = Duration.between(happened.at(), now);
    if (age.compareTo(PATIENCE) >= 0) {
      return new RuleDecision.Suppress(reason);
    }
    Duration pause = age.dividedBy(8);
    if (pause.compareTo(SHORTEST_PAUSE) < 0) {
      pause = SHORTEST_PAUSE;
    }
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      pause = LONGEST_PAUSE;
    }
    return new RuleDecision.Hold(now.plus(pause), reason);
  }
}
