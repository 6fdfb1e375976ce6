package dev.retrospec.web.snapshots;

import dev.retrospec.ids.SnapshotId;
import dev.retrospec.snapshots.SnapshotView;
import dev.retrospec.snapshots.Snapshots;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that wait for their snapshot, without a thread each: while there are any, one statement
 * asks for all of them a few times in a second. It may be taken on any node.
 */
@ApplicationScoped
public class SnapshotWaits {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWaits.class);

  private static final Duration LOOK = Duration.ofMillis(200);

  private final Snapshots snapshots;
  private final Map<SnapshotId, CompletableFuture<Optional<SnapshotView>>> waiting =
      new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();

  @Resource private ManagedScheduledExecutorService threads;
  private ScheduledExecutorService timer;

  @Inject
  public SnapshotWaits(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  SnapshotWaits(Snapshots snapshots, ScheduledExecutorService timer) {
    this.snapshots = snapshots;
    this.timer = timer;
  }

  /** For the container's proxy. */
  protected SnapshotWaits() {
    this.snapshots = null;
  }

  /** The snapshot when it is ready or has failed; empty when that takes longer. */
  public CompletionStage<Optional<SnapshotView>> ended(SnapshotId id, Duration patience) {
    CompletableFuture<Optional<SnapshotView>> wait = new CompletableFuture<>();
    waiting.put(id, wait);
    wait.completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS);
    wait.whenComplete((view, failure) -> waiting.remove(id));
    lookLater();
    return wait;
  }

  private void lookLater() {
    if (looking.compareAndSet(false, true)) {
      (timer != null ? timer : threads)
          .schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    looking.set(false);
    try {
      for (SnapshotView view : snapshots.ended(waiting.keySet())) {
        CompletableFuture<Optional<SnapshotView>> wait = waiting.get(view.id());
        if (wait != null) {
          wait.complete(Optional.of(view));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Snapshots that requests wait for could not be looked up: {}", e.toString());
    }
    if (!waiting.isEmpty()) {
      lookLater();
    }
  }
}
