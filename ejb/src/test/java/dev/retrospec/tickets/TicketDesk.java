package dev.retrospec.tickets;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.JobId;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueReopened;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.issues.triage.IssueClusters;
import dev.retrospec.issues.triage.IssueMutes;
import dev.retrospec.issues.triage.IssueTriage;
import dev.retrospec.issues.triage.TriageChange;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.recordings.MasterKeys;
import dev.retrospec.recordings.StoredSecrets;
import dev.retrospec.testing.RecordedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An issue of a shop, and all use cases of tickets around it as in the server. */
public final class TicketDesk {

  public static final Actor ANN = Actor.user("ann");
  public static final String SECRET = "a-secret-of-the-webhook";

  private static final String MASTER_KEY =
      "1:" + java.util.Base64.getEncoder().encodeToString(new byte[32]);

  public final Incidents shop = new Incidents();
  public final Outbox outbox =
      new Outbox(
          shop.database,
          shop.clock,
          Map.of("TICKET_MAX_ATTEMPTS", "2", "TICKET_RETRY_BASE_MS", "1000"));
  public final IssueActivities activities = new IssueActivities(shop.jdbi, shop.decisions);
  public final RecordedEvents<IssueResolved> resolutions = new RecordedEvents<>();
  public final RecordedEvents<IssueReopened> reopenings = new RecordedEvents<>();
  public final IssueTriage triage =
      new IssueTriage(
          new IssueClusters(shop.database.entityManager()),
          new IssueMutes(shop.jdbi),
          activities,
          shop.decisions,
          resolutions,
          reopenings,
          new RecordedEvents<>(),
          shop.clock);
  public final Trackers trackers;
  public final TrackerTrials trials;
  public final TrackerSetup setup;
  public final IssueTickets tickets = new IssueTickets(shop.jdbi);
  public final TicketTellings tellings = new TicketTellings(shop.jdbi);
  public final TicketLinking linking;
  public final TicketSync sync;
  public final TicketDelivery delivery;
  public final ClusterKey key;

  private final List<JobId> begun = new ArrayList<>();

  /**
   * @param server that may be asked, beside none
   */
  public TicketDesk(String server) {
    TicketConfig config = new TicketConfig(List.of(server), Optional.of("https://retrospec.test"));
    trackers =
        new Trackers(
            shop.jdbi, new StoredSecrets(MasterKeys.parse(MASTER_KEY)), config, shop.clock);
    trials = new TrackerTrials(trackers, outbox.queue, shop.clock);
    setup = new TrackerSetup(trackers, trials, config);
    linking =
        new TicketLinking(tickets, trackers, shop.queries, activities, outbox.queue, shop.clock);
    sync = new TicketSync(tickets, tellings, trackers, linking, triage, shop.queries, shop.clock);
    delivery =
        new TicketDelivery(
            tickets, tellings, trackers, linking, shop.queries, activities, config, shop.clock);
    resolutions.observedBy(sync::resolved);
    reopenings.observedBy(sync::reopened);
    shop.regressions.observedBy(sync::regressed);
    outbox.givenUp.observedBy(delivery::givenUp);
    outbox.givenUp.observedBy(trials::givenUp);
    key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));
  }

  public void setUp(TrackerKind kind, String server, String place, boolean closes) {
    shop.inTransaction(
        () ->
            trackers.set(
                shop.project,
                new TrackerChange(
                    kind,
                    server,
                    place,
                    kind == TrackerKind.JIRA ? "ann@example.com" : null,
                    "token-of-the-tracker",
                    SECRET,
                    true,
                    closes)));
  }

  public TrackerView tracker(TrackerKind kind) {
    return trackers.find(shop.project, kind).orElseThrow();
  }

  /** Somebody presses the button. */
  public TrackerView tryOut(TrackerKind kind) {
    return shop.inTransaction(() -> trials.ask(shop.project, kind));
  }

  /** The issue, which was resolved, is met by one more visitor. */
  public void comeBack() {
    shop.clock.pass(Duration.ofSeconds(10));
    shop.visit("s3", "u:cid", shop.exception("m1", "boom"));
  }

  /** GitHub tells where a ticket stands. */
  public void told(TicketWebhook.Told told) {
    shop.inTransaction(
        () -> {
          sync.told(shop.project, TrackerKind.GITHUB, told);
          return true;
        });
  }

  public TicketView link(TrackerKind kind, @Nullable String reference) {
    return shop.inTransaction(() -> linking.link(shop.project, key, kind, reference, ANN));
  }

  public void decide(TriageState state) {
    MuteCondition mute =
        state == TriageState.MUTED ? new MuteCondition(null, null, null, true) : null;
    shop.inTransaction(
        () ->
            triage.change(
                shop.project, key, new TriageChange(state, null, null, mute, null, null), ANN));
  }

  public TriageState state() {
    return shop.queries.find(shop.project, key).orElseThrow().state();
  }

  public TicketView only() {
    return linking.of(shop.project, key).get(0);
  }

  /** Jobs that have been asked for since the last call. */
  public List<JobId> jobs() {
    List<JobId> jobs =
        shop
            .jdbi
            .withHandle(
                handle ->
                    handle
                        .select(
                            "select id from job where project_id = ? and kind = 'ticket' order by id",
                            shop.project)
                        .mapTo(Long.class)
                        .list())
            .stream()
            .map(JobId::new)
            .filter(id -> !begun.contains(id))
            .toList();
    begun.addAll(jobs);
    return jobs;
  }

  public List<String> said() {
    return activities.of(shop.project, key, 200, null).items().stream()
        .map(entry -> entry.actor() + " " + entry.what())
        .toList();
  }
}
