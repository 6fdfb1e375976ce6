package dev.retrospec.alerts;

import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.recordings.StoredSecrets;
import dev.retrospec.recordings.UnreadableRecording;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a project's decisions about its alert rules. */
@ApplicationScoped
public class AlertRuleEditing {

  /** Each costs a little at every event; nobody reads what more of them say. */
  public static final int MAX_RULES = 50;

  private static final Logger LOG = LoggerFactory.getLogger(AlertRuleEditing.class);

  private final AlertRules rules;
  private final RuleEvents events;
  private final StoredSecrets secrets;
  private final RuleAlertConfig config;
  private final NotificationConfig notifications;
  private final Clock clock;

  @Inject
  public AlertRuleEditing(
      AlertRules rules,
      RuleEvents events,
      StoredSecrets secrets,
      RuleAlertConfig config,
      NotificationConfig notifications,
      Clock clock) {
    this.rules = rules;
    this.events = events;
    this.secrets = secrets;
    this.config = config;
    this.notifications = notifications;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertRuleEditing() {
    this(null, null, null, null, null, null);
  }

  /**
   * @throws InvalidRequest when a channel lacks something or may not be, or there are too many
   *     rules
   */
  @Transactional
  public SavedRule add(ProjectId project, RuleDraft draft) {
    if (rules.count(project) >= MAX_RULES) {
      throw new InvalidRequest("a project may have at most " + MAX_RULES + " alert rules");
    }
    Instant now = clock.instant();
    ChannelSetup setup = new ChannelSetup(secrets, config, notifications);
    AlertRule rule =
        new AlertRule(
            project,
            AlertRuleId.mint(),
            draft.name(),
            draft.enabled(),
            draft.settings(),
            setup.channels(project, draft.channels(), List.of(), now),
            1,
            now,
            now);
    rules.add(rule);
    return new SavedRule(rule.view(), setup.made());
  }

  /**
   * Replaces a rule. Events that it holds are decided about anew within a minute, by what it says
   * now.
   *
   * @param expectedVersion the version the change was made on; null: whatever it is
   * @throws NotFound when the project has no such rule
   * @throws ChangedMeanwhile when it has another version
   * @throws InvalidRequest when a channel lacks something or may not be
   */
  @Transactional
  public SavedRule change(
      ProjectId project, AlertRuleId id, RuleDraft draft, @Nullable Integer expectedVersion) {
    AlertRule before = expected(project, id, expectedVersion);
    Instant now = clock.instant();
    ChannelSetup setup = new ChannelSetup(secrets, config, notifications);
    AlertRule rule =
        new AlertRule(
            project,
            id,
            draft.name(),
            draft.enabled(),
            draft.settings(),
            setup.channels(project, draft.channels(), before.channels(), now),
            before.version() + 1,
            before.createdAt(),
            now);
    rules.replace(rule);
    events.reconsider(project, id, now);
    return new SavedRule(rule.view(), setup.made());
  }

  /**
   * Takes a rule away, with what it holds. What it has told stays in the list of deliveries.
   *
   * @throws NotFound when the project has no such rule
   * @throws ChangedMeanwhile when it has another version
   */
  @Transactional
  public void remove(ProjectId project, AlertRuleId id, @Nullable Integer expectedVersion) {
    expected(project, id, expectedVersion);
    rules.remove(project, id);
  }

  private AlertRule expected(ProjectId project, AlertRuleId id, @Nullable Integer version) {
    AlertRule rule = rules.toDecide(project, id).orElseThrow(() -> new NotFound("alert rule"));
    if (version != null && version != rule.version()) {
      throw new ChangedMeanwhile("alert rule");
    }
    return rule;
  }

  /** Seals anew what an older master key has sealed of a rule; says whether there was anything. */
  @Transactional
  public boolean reseal(ProjectId project, AlertRuleId id) {
    if (rules.find(project, id).filter(this::isOutdated).isEmpty()) {
      return false; // almost always, and then nobody who decides waits
    }
    AlertRule rule = rules.toDecide(project, id).filter(this::isOutdated).orElse(null);
    if (rule == null) {
      return false;
    }
    List<RuleChannel> channels =
        rule.channels().stream().map(one -> resealed(project, one)).toList();
    if (channels.equals(rule.channels())) {
      return false;
    }
    rules.replace(
        new AlertRule(
            project,
            id,
            rule.name(),
            rule.enabled(),
            rule.settings(),
            channels,
            rule.version(),
            rule.createdAt(),
            rule.updatedAt()));
    return true;
  }

  private boolean isOutdated(AlertRule rule) {
    return rule.channels().stream().anyMatch(one -> secrets.isOutdated(one.sealed()));
  }

  /** One that no known master key opens stays as it is; the rule's other channels do not wait. */
  private RuleChannel resealed(ProjectId project, RuleChannel one) {
    if (!secrets.isOutdated(one.sealed())) {
      return one;
    }
    try {
      return new RuleChannel(
          one.id(),
          one.kind(),
          one.host(),
          one.recipients(),
          one.slackChannel(),
          ChannelSecrets.open(secrets, project, one.id(), one.sealed())
              .sealed(secrets, project, one.id()));
    } catch (UnreadableRecording e) {
      LOG.error("No known master key opens the secrets of alert channel {}", one.id(), e);
      return one;
    }
  }
}
