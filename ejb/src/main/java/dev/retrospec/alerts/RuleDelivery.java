package dev.retrospec.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueView;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.platform.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the worker that makes deliveries asks and tells: {@link #prepare} before, {@link #sent} in
 * the transaction that ends the job. A delivery whose job is given up has failed.
 *
 * <p>Each attempt is written down before it begins. One that ended without a word may have reached
 * the other side: it is repeated where the other side can tell ({@link
 * AlertChannelKind#hasIdempotencyKey}), and else ends as {@code unknown}.
 */
@ApplicationScoped
public class RuleDelivery {

  /** One that has failed is made after all when an operator redrives its job. */
  private static final Set<String> UNSENT = Set.of("pending", "sending", "failed");

  /** Between two looks whether a message can be changed. */
  private static final Duration TURN = Duration.ofSeconds(30);

  private final AlertDeliveries deliveries;
  private final ToldAlerts alerts;
  private final AlertRules rules;
  private final AlertContents contents;
  private final AlertTargets targets;
  private final JobQueue jobs;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public RuleDelivery(
      AlertDeliveries deliveries,
      ToldAlerts alerts,
      AlertRules rules,
      AlertContents contents,
      AlertTargets targets,
      JobQueue jobs,
      MeterRegistry meters,
      Clock clock) {
    this.deliveries = deliveries;
    this.alerts = alerts;
    this.rules = rules;
    this.contents = contents;
    this.targets = targets;
    this.jobs = jobs;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RuleDelivery() {
    this(null, null, null, null, null, null, null, null);
  }

  /**
   * Begins an attempt, with rule and issue as they are now. Empty when there is nothing to send
   * (any more); why is then written at the delivery. Empty, too, when a change of a message has to
   * wait for the message or for an earlier change; another job makes it then.
   *
   * @param job about the delivery
   */
  @Transactional
  public Optional<OutgoingAlert> prepare(Job job) {
    int turn = Json.read(job.payload(), JsonNode.class).path("turn").asInt();
    return prepare(job.projectId(), new AlertDeliveryId(job.subject()), turn);
  }

  /**
   * In the caller's transaction.
   *
   * @param turn how many jobs have looked in vain before
   */
  Optional<OutgoingAlert> prepare(ProjectId project, AlertDeliveryId id, int turn) {
    Optional<StoredDelivery> found =
        deliveries.toBegin(project, id).filter(one -> UNSENT.contains(one.status()));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StoredDelivery delivery = found.get();
    boolean isRepeat = delivery.status().equals("sending");
    boolean isSafe = delivery.isUpdate() || delivery.channel().hasIdempotencyKey();
    if (isRepeat && !isSafe) {
      return ended(delivery, "unknown", "An attempt ended without a word: it may have arrived");
    }
    Optional<RuleAlert> alert = alerts.find(project, delivery.alertId());
    Optional<AlertRule> rule = rules.find(project, delivery.ruleId());
    Optional<RuleChannel> channel = rule.flatMap(one -> one.channel(delivery.channelId()));
    if (alert.isEmpty() || rule.isEmpty() || channel.isEmpty()) {
      return ended(delivery, "skipped", "The rule or its channel has been taken away");
    }
    if (!rule.get().enabled() && !alert.get().isTest()) {
      return ended(delivery, "skipped", "The rule has been switched off");
    }
    Optional<AlertContent> content = contents.of(alert.get());
    String obstacle = obstacle(delivery, alert.get(), content);
    if (obstacle != null || content.isEmpty()) {
      return ended(delivery, "skipped", obstacle);
    }
    Optional<AlertChange> change = Optional.empty();
    String messageRef = null;
    if (delivery.isUpdate()) {
      StoredDelivery message = deliveries.changedBy(delivery).orElse(null);
      if (message == null || isWithoutPlace(message)) {
        return ended(delivery, "skipped", "There is no message to change");
      }
      if (message.messageRef() == null || deliveries.hasEarlierChange(delivery)) {
        return later(delivery, turn);
      }
      change = contents.change(alert.get(), delivery);
      if (change.isEmpty()) {
        return ended(delivery, "skipped", "The issue is no longer there");
      }
      messageRef = message.messageRef();
    }
    String key = idempotencyKey(delivery);
    AlertTarget target = targets.of(project, channel.get(), content.get(), key);
    deliveries.begin(project, id);
    return Optional.of(
        new OutgoingAlert(
            project, id, key, isSafe, isRepeat, content.get(), target, change, messageRef));
  }

  /**
   * Waiting is no attempt: the message may be told to come back in an hour, which no number of
   * attempts that is meant for failures outlasts. It ends when the message has ended.
   */
  private Optional<OutgoingAlert> later(StoredDelivery delivery, int turn) {
    jobs.enqueue(DeliveryJobs.lookAgain(delivery, turn + 1).after(TURN));
    return Optional.empty();
  }

  /** It ended without one, or went another way than its channel did when it was asked for. */
  private static boolean isWithoutPlace(StoredDelivery message) {
    return message.status().matches("failed|unknown|skipped")
        || (message.status().equals("sent") && message.messageRef() == null);
  }

  /** Somebody who has it sent again wants it to be taken again. */
  private static String idempotencyKey(StoredDelivery delivery) {
    return delivery.generation() == 0
        ? delivery.id().value()
        : delivery.id().value() + "." + delivery.generation();
  }

  private static @Nullable String obstacle(
      StoredDelivery delivery, RuleAlert alert, Optional<AlertContent> content) {
    if (content.isEmpty()) {
      return "The issue is no longer there";
    }
    if (alert.isTest() || delivery.isUpdate() || delivery.generation() > 0) {
      return null;
    }
    IssueView issue = content.get().issue();
    return AlertContents.isOpen(issue) // else none of them is
        ? null
        : "The issue has been " + issue.state().wireName() + " meanwhile";
  }

  private Optional<OutgoingAlert> ended(
      StoredDelivery delivery, String status, @Nullable String why) {
    deliveries.end(delivery.projectId(), delivery.id(), status, why, clock.instant());
    count(delivery.channel(), status);
    return Optional.empty();
  }

  /** The other side took it. */
  @Transactional
  public void sent(OutgoingAlert alert, AttemptResult result) {
    deliveries.note(alert.project(), alert.id(), "sent", result, clock.instant());
    count(kind(alert.target()), "sent");
  }

  /**
   * It may have arrived, and nobody can tell.
   *
   * @param result what is known
   */
  @Transactional
  public void unknown(OutgoingAlert alert, AttemptResult result) {
    deliveries.note(alert.project(), alert.id(), "unknown", result, clock.instant());
    count(kind(alert.target()), "unknown");
  }

  /** An attempt failed, and certainly nothing was taken, or it may come twice. */
  @Transactional
  public void attemptFailed(OutgoingAlert alert, AttemptResult result) {
    deliveries.note(alert.project(), alert.id(), "pending", result, clock.instant());
    count(kind(alert.target()), "attempt_failed");
  }

  void givenUp(@Observes JobGivenUp event) {
    String subject = event.job().subject();
    if (event.job().kind() != JobKind.NOTIFICATION || !subject.startsWith(AlertDeliveryId.PREFIX)) {
      return;
    }
    deliveries.end(
        event.job().projectId(),
        new AlertDeliveryId(subject),
        "failed",
        event.reason(),
        clock.instant());
  }

  private static AlertChannelKind kind(AlertTarget target) {
    if (target instanceof AlertTarget.Server) {
      return AlertChannelKind.WEBHOOK;
    }
    if (target instanceof AlertTarget.TeamsWorkflow) {
      return AlertChannelKind.TEAMS;
    }
    return target instanceof AlertTarget.Mailbox ? AlertChannelKind.EMAIL : AlertChannelKind.SLACK;
  }

  private void count(AlertChannelKind channel, String outcome) {
    meters
        .counter("retrospec.alerts.deliveries", "channel", channel.wireName(), "outcome", outcome)
        .increment();
  }
}
