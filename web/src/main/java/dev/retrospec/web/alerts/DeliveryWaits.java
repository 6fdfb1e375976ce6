package dev.retrospec.web.alerts;

import dev.retrospec.alerts.AlertDeliveryView;
import dev.retrospec.alerts.DeliveryQueries;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.ProjectId;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Requests that wait for a test's deliveries, without a thread each; rare, and a few seconds. */
@ApplicationScoped
public class DeliveryWaits {

  /** Longer than one attempt takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration LOOK = Duration.ofMillis(250);

  private final DeliveryQueries deliveries;

  @Resource private ManagedScheduledExecutorService threads;

  @Inject
  public DeliveryWaits(DeliveryQueries deliveries) {
    this.deliveries = deliveries;
  }

  /** For the container's proxy. */
  protected DeliveryWaits() {
    this(null);
  }

  /** The deliveries when each has been tried once, or as they are when that takes too long. */
  public CompletionStage<List<AlertDeliveryView>> attempted(ProjectId project, AlertId alert) {
    CompletableFuture<List<AlertDeliveryView>> wait = new CompletableFuture<>();
    look(project, alert, wait, (int) (PATIENCE.toMillis() / LOOK.toMillis()));
    return wait;
  }

  private void look(
      ProjectId project,
      AlertId alert,
      CompletableFuture<List<AlertDeliveryView>> wait,
      int looksLeft) {
    try {
      List<AlertDeliveryView> now = deliveries.of(project, alert);
      if (looksLeft == 0 || now.stream().allMatch(DeliveryWaits::isAttempted)) {
        wait.complete(now);
      } else {
        threads.schedule(
            () -> look(project, alert, wait, looksLeft - 1),
            LOOK.toMillis(),
            TimeUnit.MILLISECONDS);
      }
    } catch (RuntimeException e) {
      wait.completeExceptionally(e);
    }
  }

  private static boolean isAttempted(AlertDeliveryView delivery) {
    return delivery.isOver() || (delivery.attempts() > 0 && delivery.status().equals("pending"));
  }
}
