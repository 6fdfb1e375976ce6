package dev.retrospec.workers.messages.slack;

import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.Target;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.messages.Receipt;
import dev.retrospec.workers.notifications.webhook.Webhook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Posts to an incoming webhook. */
@ApplicationScoped
public class SlackMessages {

  private final Webhook webhook;

  @Inject
  public SlackMessages(Webhook webhook) {
    this.webhook = webhook;
  }

  /** For the container's proxy. */
  protected SlackMessages() {
    this(null);
  }

  /** Returns when Slack has taken it; throws what {@link Webhook#post} throws. */
  public Receipt send(RunMessage message, Target.SlackChannel channel) {
    webhook.post(channel.webhook(), Optional.empty(), Json.write(SlackBody.of(message)));
    return new Receipt.Taken(null);
  }
}
