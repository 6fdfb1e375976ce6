package dev.retrospec.snapshots;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.privacy.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a snapshot. Writes only while it is pending; the address loses what may be secret
 * in it, since no browser needs it any more.
 */
@ApplicationScoped
public class SnapshotResults {

  private static final int MAX_FAILURE = 500;

  private final Snapshots snapshots;
  private final Clock clock;
  private final SecretText secrets = new SecretText();

  @Inject
  public SnapshotResults(Snapshots snapshots, Clock clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected SnapshotResults() {
    this(null, null);
  }

  /** What to capture; empty when nobody waits for it any more. */
  public Optional<NewSnapshot> wanted(ProjectId project, SnapshotId id) {
    Instant longAgo = clock.instant().minus(SnapshotRequests.PATIENCE);
    return snapshots
        .find(project, id)
        .filter(asked -> asked.createdAt().isAfter(longAgo))
        .flatMap(asked -> snapshots.pending(project, id));
  }

  /** It was not {@link #wanted}: whoever asked has gone before its turn came. */
  @Transactional
  public void notWaitedFor(ProjectId project, SnapshotId id) {
    failed(
        project,
        id,
        SnapshotFailure.CAPTURE_FAILED,
        "Nobody waited for it any more when its turn came");
  }

  /**
   * The objects are stored.
   *
   * @param objects by artifact, with their sizes in bytes; their keys are {@link
   *     SnapshotObjects#key}
   */
  @Transactional
  public void ready(
      ProjectId project, SnapshotId id, String userAgent, Map<SnapshotArtifact, Long> objects) {
    Map<SnapshotArtifact, StoredObject> stored = new java.util.EnumMap<>(SnapshotArtifact.class);
    objects.forEach(
        (artifact, sizeBytes) ->
            stored.put(
                artifact,
                new StoredObject(SnapshotObjects.key(project, id, artifact).value(), sizeBytes)));
    snapshots
        .pending(project, id)
        .ifPresent(
            wanted ->
                snapshots.take(
                    project,
                    id,
                    secrets.redactUrl(wanted.url()),
                    userAgent,
                    stored,
                    clock.instant()));
  }

  /** There will be none. */
  @Transactional
  public void failed(ProjectId project, SnapshotId id, SnapshotFailure code, String reason) {
    String words = secrets.redact(reason.replace('\0', ' '));
    snapshots
        .pending(project, id)
        .ifPresent(
            wanted ->
                snapshots.fail(
                    project,
                    id,
                    secrets.redactUrl(wanted.url()),
                    code,
                    words.length() <= MAX_FAILURE ? words : words.substring(0, MAX_FAILURE)));
  }

  /** In the transaction that gives the job up. */
  void onGivenUp(@Observes JobGivenUp givenUp) {
    if (givenUp.job().kind() == JobKind.SNAPSHOT) {
      failed(
          givenUp.job().projectId(),
          new SnapshotId(givenUp.job().subject()),
          SnapshotFailure.CAPTURE_FAILED,
          givenUp.reason());
    }
  }
}
