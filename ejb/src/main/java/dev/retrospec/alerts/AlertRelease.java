package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.AlreadyTold;
import dev.retrospec.alerts.rules.Happened;
import dev.retrospec.alerts.rules.RuleDecision;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RulePolicy;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of the events that a rule holds is told now, and in how many messages. The rule's
 * row is locked meanwhile: however many nodes decide at once, a group's cooldown begins once.
 */
@ApplicationScoped
public class AlertRelease {

  /** Of one decision; the rest follows in the next one. */
  private static final int MAX_EVENTS = 500;

  private static final Duration LONGEST_COOLDOWN =
      Duration.ofMinutes(RuleSettings.MAX_COOLDOWN_MINUTES);

  private final AlertRules rules;
  private final RuleEvents events;
  private final AlertDeliveries deliveries;
  private final ToldAlerts alerts;
  private final IssueSightings sightings;
  private final IssueQueries issues;
  private final ReportCards cards;
  private final JobQueue jobs;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public AlertRelease(
      AlertRules rules,
      RuleEvents events,
      AlertDeliveries deliveries,
      ToldAlerts alerts,
      IssueSightings sightings,
      IssueQueries issues,
      ReportCards cards,
      JobQueue jobs,
      MeterRegistry meters,
      Clock clock) {
    this.rules = rules;
    this.events = events;
    this.deliveries = deliveries;
    this.alerts = alerts;
    this.sightings = sightings;
    this.issues = issues;
    this.cards = cards;
    this.jobs = jobs;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertRelease() {
    this(null, null, null, null, null, null, null, null, null, null);
  }

  /** An event that is told, about the issue as it is now. */
  private record Telling(HeldEvent event, IssueView issue) {}

  /** Doing it again, or on two nodes at once, tells nothing twice. */
  @Transactional
  public void release(ProjectId project, AlertRuleId id) {
    Instant now = clock.instant();
    Optional<AlertRule> found = rules.toDecide(project, id);
    if (found.isEmpty() || !found.get().enabled()) {
      events.suppressHeld(project, id, found.isEmpty() ? "rule_gone" : "rule_off");
      return;
    }
    AlertRule rule = found.get();
    Map<String, List<Telling>> messages = new LinkedHashMap<>();
    Map<String, String> told = new HashMap<>(); // what this very decision tells, by group
    for (HeldEvent event : events.due(project, id, MAX_EVENTS, now)) {
      decide(rule, event, messages, told, now);
    }
    messages.forEach((message, telling) -> tell(rule, message, telling, now));
  }

  private void decide(
      AlertRule rule,
      HeldEvent event,
      Map<String, List<Telling>> messages,
      Map<String, String> told,
      Instant now) {
    ProjectId project = rule.projectId();
    Optional<IssueView> issue = issues.find(project, event.clusterKey());
    if (issue.isEmpty()) {
      suppress(rule, event, "issue_gone");
      return;
    }
    RuleDecision decision = decision(rule, event, issue.get(), now);
    if (decision instanceof RuleDecision.Suppress suppressed) {
      suppress(rule, event, suppressed.reason());
    } else if (decision instanceof RuleDecision.Hold hold) {
      events.hold(project, rule.id(), event.eventKey(), hold.until(), hold.reason());
    } else {
      // what quiet hours held is one message; of the rest each group has one
      String group = rule.settings().group(issue.get());
      String message = "quiet_hours".equals(event.reason()) ? "quiet_hours" : group;
      String same = message + "|" + event.event() + "|" + issue.get().key().value();
      boolean isSameAgain = told.putIfAbsent(same, message) != null;
      if (isSameAgain && rule.settings().cooldownMinutes() == 0) {
        // each event is told: a digest names the issue already, else it is a message of its own
        String own = message.equals("quiet_hours") ? message : message + "|" + event.eventKey();
        messages
            .computeIfAbsent(own, any -> new ArrayList<>())
            .add(new Telling(event, issue.get()));
      } else if (isSameAgain) {
        suppress(rule, event, "cooldown"); // the same of the same issue, held twice
      } else {
        messages
            .computeIfAbsent(message, any -> new ArrayList<>())
            .add(new Telling(event, issue.get()));
      }
    }
  }

  private RuleDecision decision(AlertRule rule, HeldEvent event, IssueView issue, Instant now) {
    AlreadyTold told =
        events.told(
            rule.projectId(),
            rule.id(),
            rule.settings().group(issue),
            event.event(),
            issue.key(),
            now.minus(LONGEST_COOLDOWN));
    return new RulePolicy(rule.settings())
        .decide(
            new Happened(event.event(), event.createdAt(), confidence(rule.projectId(), event)),
            sightings.facts(rule.projectId(), issue, rule.settings()),
            told,
            now);
  }

  private @Nullable Double confidence(ProjectId project, HeldEvent event) {
    if (event.event() != RuleEvent.REPORT_READY || event.sessionId() == null) {
      return null;
    }
    return cards.find(project, event.sessionId()).map(ReportCardView::confidence).orElse(null);
  }

  /** One message, about the issue with the most users first. */
  private void tell(AlertRule rule, String message, List<Telling> telling, Instant now) {
    Telling lead =
        telling.stream().max(Comparator.comparingInt(one -> one.issue().userCount())).orElseThrow();
    long issuesTold = telling.stream().map(one -> one.issue().key()).distinct().count();
    RuleAlert alert =
        RuleAlert.about(
            rule,
            lead.event(),
            lead.issue().key(),
            Math.toIntExact(issuesTold - 1),
            message.equals("quiet_hours"),
            now);
    for (Telling one : telling) {
      events.tell(
          rule.projectId(),
          rule.id(),
          one.event().eventKey(),
          rule.settings().group(one.issue()),
          one.issue().key(),
          alert.id(),
          now);
    }
    alerts.add(alert);
    jobs.enqueueAll(
        deliveries.addFor(alert, lead.event().eventKey(), rule.channels()).stream()
            .map(delivery -> DeliveryJobs.job(rule.projectId(), delivery, 0))
            .toList());
    meters.counter("retrospec.alerts.told", "event", lead.event().event().wireName()).increment();
  }

  private void suppress(AlertRule rule, HeldEvent event, String reason) {
    events.suppress(rule.projectId(), rule.id(), event.eventKey(), reason);
    meters.counter("retrospec.alerts.suppressed", "reason", reason).increment();
  }
}
