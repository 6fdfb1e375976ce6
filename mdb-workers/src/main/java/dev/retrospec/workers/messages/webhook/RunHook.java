package dev.retrospec.workers.messages.webhook;

import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.Outcome;
import dev.retrospec.notifications.Target;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.messages.Receipt;
import dev.retrospec.workers.messages.text.Places;
import dev.retrospec.workers.notifications.webhook.Webhook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Posts the report as it is. */
@ApplicationScoped
public class RunHook {

  /**
   * The webhook's body.
   *
   * @param id the same when a message comes twice
   * @param requestedAt when the report was made
   * @param reportUrl the run's page
   */
  record Body(
      String event,
      String id,
      Instant requestedAt,
      String projectId,
      @Nullable String reportUrl,
      RunReport run) {}

  private final Webhook webhook;

  @Inject
  public RunHook(Webhook webhook) {
    this.webhook = webhook;
  }

  /** For the container's proxy. */
  protected RunHook() {
    this(null);
  }

  /** Returns when the other server has taken it; throws what {@link Webhook#post} throws. */
  public Receipt send(RunMessage message, Target.Server server) {
    RunReport run = message.report();
    webhook.post(
        server.hook().url(),
        server.hook().authorization(),
        Json.write(
            new Body(
                run.outcome() == Outcome.FAILED ? "test_run_failed" : "test_run_passed",
                message.id().value(),
                message.requestedAt(),
                message.project().value(),
                new Places(message).run().orElse(null),
                run)));
    return new Receipt.Taken(null);
  }
}
