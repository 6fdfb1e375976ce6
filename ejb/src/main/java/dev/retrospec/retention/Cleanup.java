package dev.retrospec.retention;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the sessions whose time is over. Counts from the server's receive time, works in small
 * batches with a transaction each, and may run on several nodes at once: a session is deleted by
 * one of them. Call it without a transaction.
 */
@ApplicationScoped
public class Cleanup {

  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  /** Long sessions have ten thousands of rows each, and a transaction ends after a minute. */
  private static final int BATCH = 25;

  private final ExpiredSessions expired;
  private final ErasedSessions erased;
  private final SessionErasure erasure;
  private final Iterable<ExpiringData> features;
  private final Clock clock;
  private final RetentionConfig config;

  @Inject
  public Cleanup(
      Jdbi jdbi,
      SessionErasure erasure,
      Instance<ExpiringData> features,
      Clock clock,
      Settings settings) {
    this(jdbi, erasure, features, clock, RetentionConfig.from(settings));
  }

  public Cleanup(
      Jdbi jdbi,
      SessionErasure erasure,
      Iterable<ExpiringData> features,
      Clock clock,
      RetentionConfig config) {
    this.expired = new ExpiredSessions(jdbi);
    this.erased = new ErasedSessions(jdbi);
    this.erasure = erasure;
    this.features = features;
    this.clock = clock;
    this.config = config;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected Cleanup() {
    this(null, null, Set.of(), null, RetentionConfig.DEFAULT);
  }

  /** Cleans one project up, and what nothing refers to any more. */
  public CleanupReport run(ProjectId project) {
    Instant before = clock.instant().minus(config.retention());
    SessionRows.Outcome sessions = deleteSessions(project, before);
    return report(sessions.sessions(), sessions.deleted().plus(sweep(before)));
  }

  /** Cleans every project up. */
  public void runAll() {
    Instant before = clock.instant().minus(config.retention());
    SessionRows.Outcome all = SessionRows.Outcome.NOTHING;
    for (ProjectId project : expired.projects(before)) {
      all = sum(all, deleteSessions(project, before));
    }
    CleanupReport report = report(all.sessions(), all.deleted().plus(sweep(before)));
    if (!report.equals(report(0, Deleted.NOTHING))) {
      LOG.info("{}", report);
    }
  }

  private SessionRows.Outcome deleteSessions(ProjectId project, Instant before) {
    SessionRows.Outcome total = SessionRows.Outcome.NOTHING;
    // Beginning after the last one, because a session may have to stay, and must not hold the
    // others up.
    ExpiredSessions.Expired last = new ExpiredSessions.Expired(new SessionId("0"), Instant.EPOCH);
    List<ExpiredSessions.Expired> batch = expired.next(project, before, last, BATCH);
    while (!batch.isEmpty()) {
      Set<SessionId> ids =
          batch.stream().map(ExpiredSessions.Expired::id).collect(Collectors.toSet());
      total = sum(total, erase(project, ids));
      batch = expired.next(project, before, batch.get(batch.size() - 1), BATCH);
    }
    return total;
  }

  /** One session that cannot be erased must not keep all that came after it. */
  private SessionRows.Outcome erase(ProjectId project, Set<SessionId> sessions) {
    try {
      return erasure.erase(project, sessions);
    } catch (RuntimeException e) {
      if (sessions.size() == 1) {
        LOG.error("Session {} of {} stays, it could not be erased", sessions, project, e);
        return SessionRows.Outcome.NOTHING;
      }
      return sessions.stream()
          .map(session -> erase(project, Set.of(session)))
          .reduce(SessionRows.Outcome.NOTHING, Cleanup::sum);
    }
  }

  private Deleted sweep(Instant before) {
    Deleted deleted = Deleted.NOTHING;
    for (ExpiringData feature : features) {
      try {
        deleted = deleted.plus(feature.sweep(before));
      } catch (RuntimeException e) {
        LOG.error("A sweep failed, the other ones go on", e);
      }
    }
    erased.forget(before);
    return deleted;
  }

  private static SessionRows.Outcome sum(SessionRows.Outcome one, SessionRows.Outcome other) {
    return new SessionRows.Outcome(
        one.sessions() + other.sessions(), one.deleted().plus(other.deleted()));
  }

  private CleanupReport report(int sessions, Deleted deleted) {
    return new CleanupReport(
        sessions,
        deleted.issueClusters(),
        deleted.eventObjects(),
        deleted.artifactObjects(),
        deleted.failedEventObjects(),
        deleted.failedArtifactObjects(),
        config.retentionDays());
  }
}
