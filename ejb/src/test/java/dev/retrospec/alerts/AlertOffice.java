package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.GroupBy;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.projects.Projects;
import dev.retrospec.recordings.MasterKeys;
import dev.retrospec.recordings.StoredSecrets;
import dev.retrospec.reports.ReportCardReady;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A project in which things go wrong, with rules about who is told: the use cases of this package
 * on the tests' database, each in the transaction it has in truth.
 */
public final class AlertOffice {

  public final Incidents shop = new Incidents();
  public final ProjectId project = shop.project;
  public final StoredSecrets secrets =
      new StoredSecrets(MasterKeys.parse("t1:" + "A".repeat(43) + "="));
  public final Outbox outbox;
  public final AlertRules rules = new AlertRules(shop.jdbi);
  public final RuleEvents events = new RuleEvents(shop.jdbi);
  public final AlertDeliveries deliveries = new AlertDeliveries(shop.jdbi);
  public final DeliveryQueries log = new DeliveryQueries(shop.jdbi);
  public final ToldAlerts toldAlerts = new ToldAlerts(shop.jdbi);
  public final IssueSightings sightings = new IssueSightings(shop.jdbi);
  public final RuleAlertConfig config;
  public final AlertRuleEditing editing;
  public final RuleAlerts alerts;
  public final AlertRelease release;
  public final RuleDelivery delivery;
  public final AlertTests tests;
  public final ThresholdCheck check;
  public final ThresholdWatch thresholds;
  public final AlertData data;

  /** Settings by name, in pairs. */
  public AlertOffice(String... settings) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    Settings read = Settings.of(name -> Optional.ofNullable(values.get(name)));
    NotificationConfig notifications = NotificationConfig.from(read);
    config = RuleAlertConfig.from(read);
    outbox = new Outbox(shop.database, shop.clock, values);
    ReportCards cards = new ReportCards(shop.jdbi, outbox.queue, shop.clock);
    editing = new AlertRuleEditing(rules, events, secrets, config, notifications, shop.clock);
    alerts =
        new RuleAlerts(
            events, deliveries, sightings, shop.queries, cards, outbox.queue, shop.clock);
    release =
        new AlertRelease(
            rules,
            events,
            deliveries,
            toldAlerts,
            sightings,
            shop.queries,
            cards,
            outbox.queue,
            shop.meters,
            shop.clock);
    delivery =
        new Transactional(
            new AlertContents(
                events, shop.queries, cards, new Projects(shop.jdbi, shop.clock), notifications),
            new AlertTargets(secrets, config, notifications, shop.clock));
    tests = new AlertTests(rules, deliveries, toldAlerts, outbox.queue, shop.clock);
    check = new TransactionalCheck();
    thresholds = new ThresholdWatch(rules, check);
    data = new AlertData(shop.jdbi, events, deliveries, toldAlerts, notifications, shop.clock);
    shop.promotions.observedBy(alerts::promoted);
    shop.regressions.observedBy(alerts::regressed);
    outbox.givenUp.observedBy(delivery::givenUp);
  }

  /** As the container's interceptor would have it; what ends a job stands in the job's. */
  private final class Transactional extends RuleDelivery {

    Transactional(AlertContents contents, AlertTargets targets) {
      super(
          deliveries, toldAlerts, rules, contents, targets, outbox.queue, shop.meters, shop.clock);
    }

    @Override
    Optional<OutgoingAlert> prepare(ProjectId owner, AlertDeliveryId id, int turn) {
      return shop.database.inTransaction(() -> super.prepare(owner, id, turn));
    }

    @Override
    public void attemptFailed(OutgoingAlert alert, AttemptResult result) {
      shop.database.inTransaction(() -> super.attemptFailed(alert, result));
    }
  }

  private final class TransactionalCheck extends ThresholdCheck {

    TransactionalCheck() {
      super(rules, sightings, alerts, shop.clock);
    }

    @Override
    public void check(ProjectId owner, AlertRuleId id) {
      shop.database.inTransaction(() -> super.check(owner, id));
    }
  }

  public SavedRule rule(RuleSettings settings, ChannelDraft... channels) {
    RuleDraft draft = new RuleDraft("On call", true, settings, List.of(channels));
    return shop.inTransaction(() -> editing.add(project, draft));
  }

  public static ChannelDraft hook(String url) {
    return new ChannelDraft(
        null, AlertChannelKind.WEBHOOK, url, null, null, null, null, null, null);
  }

  public static ChannelDraft bot(String channel) {
    return new ChannelDraft(
        null, AlertChannelKind.SLACK, null, null, null, null, "xoxb-token", channel, null);
  }

  public static ChannelDraft posting(AlertChannelKind kind, String url) {
    return new ChannelDraft(null, kind, url, null, null, null, null, null, null);
  }

  public static ChannelDraft letters(String... recipients) {
    return new ChannelDraft(
        null, AlertChannelKind.EMAIL, null, null, null, null, null, null, List.of(recipients));
  }

  /** An issue that two visitors met. */
  public ClusterKey issue(String label) {
    String id = id(label);
    ClusterKey key =
        shop.only(shop.visit("s1-" + id, "u:ann", shop.exception("m-" + id, label)).touched());
    shop.visit("s2-" + id, "u:bob", shop.exception("m-" + id, label));
    return key;
  }

  private static String id(String label) {
    return label.replaceAll("[^a-z]", "");
  }

  /** Decided as people do it, and said as the use case says it. */
  public void resolve(ClusterKey key) {
    setState(key, "resolved");
    shop.database.inTransaction(() -> alerts.resolved(new IssueResolved(project, key, null)));
  }

  public void setState(ClusterKey key, String state) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = ?, resolved_at = ?, state_updated_at = ?,"
                    + " muted_until = ? where project_id = ? and key = ?",
                state,
                shop.clock.instant(),
                shop.clock.instant(),
                shop.clock.instant().plusSeconds(86_400),
                project,
                key));
  }

  /** Comes back in a later session. */
  public void comeBack(ClusterKey key, String label, String session) {
    shop.visit(session, "u:" + session, shop.exception("m-" + id(label), label));
  }

  /** What the minute's timer does. */
  public void minute() {
    rules.due(1_000, shop.clock.instant()).stream()
        .filter(due -> due.project().equals(project))
        .forEach(
            due -> shop.database.inTransaction(() -> release.release(due.project(), due.rule())));
  }

  /** All deliveries, the oldest first. */
  public List<AlertDeliveryView> told() {
    List<AlertDeliveryView> newestFirst = new ArrayList<>(log.latest(project, null, null, 100));
    java.util.Collections.reverse(newestFirst);
    return newestFirst;
  }

  public RuleAlert alert(AlertId id) {
    return toldAlerts.find(project, id).orElseThrow();
  }

  /** Pending jobs of the project, in the order in which they were asked for. */
  public List<JobId> jobs() {
    return shop.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id from job where project_id = :project and kind = 'notification'"
                        + " and status = 'pending' order by id")
                .bind("project", project)
                .mapTo(Long.class)
                .map(JobId::new)
                .list());
  }

  /** What a worker asks for before it sends; empty when it has nothing to send, or not yet. */
  Optional<OutgoingAlert> prepare(AlertDeliveryId id) {
    return delivery.prepare(project, id, 0);
  }

  /**
   * @param ref where the message stands now; null: nobody knows
   */
  void sent(AlertDeliveryId id, @Nullable String ref) {
    OutgoingAlert alert = prepare(id).orElseThrow();
    shop.database.inTransaction(() -> delivery.sent(alert, ok(ref)));
  }

  static AttemptResult ok(@Nullable String ref) {
    return new AttemptResult(200, "ok", 12L, null, ref);
  }

  static RuleSettings noCooldown(RuleEvent event) {
    return new RuleSettings(EnumSet.of(event), null, null, null, null, 0, null);
  }

  static RuleSettings grouped(GroupBy group, int cooldownMinutes) {
    return new RuleSettings(
        EnumSet.of(RuleEvent.NEW_ISSUE), null, null, null, group, cooldownMinutes, null);
  }

  /** Counts, looks at thresholds, and decides. */
  void watch() {
    shop.settle();
    thresholds.look();
    minute();
  }

  /** A session's report card is ready. */
  void report(String session, double confidence) {
    report(session, null, confidence);
  }

  /**
   * @param marker the one that the card explains; null when it does not say
   */
  void report(String session, @Nullable String marker, double confidence) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into report_card (id, project_id, session_id, status, symptom,"
                    + " technical_root_cause, confidence, marker_id, created_at, updated_at)"
                    + " values (?, ?, ?, 'ready', 'boom', 'The cart is null', ?, ?, now(), now())",
                "card_" + project.value() + session,
                project,
                session,
                confidence,
                marker));
    shop.database.inTransaction(
        () ->
            alerts.reported(
                new ReportCardReady(project, new SessionId(session), ReportStatus.READY)));
  }
}
