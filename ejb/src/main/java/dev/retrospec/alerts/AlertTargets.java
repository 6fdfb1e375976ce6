package dev.retrospec.alerts;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.platform.json.Json;
import dev.retrospec.recordings.StoredSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens a channel's secrets for the one delivery that needs them. */
@ApplicationScoped
public class AlertTargets {

  private final StoredSecrets secrets;
  private final RuleAlertConfig config;
  private final NotificationConfig notifications;
  private final Clock clock;

  @Inject
  public AlertTargets(
      StoredSecrets secrets,
      RuleAlertConfig config,
      NotificationConfig notifications,
      Clock clock) {
    this.secrets = secrets;
    this.config = config;
    this.notifications = notifications;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertTargets() {
    this(null, null, null, null);
  }

  /**
   * @param key of the delivery, which a webhook's body names
   */
  AlertTarget of(ProjectId project, RuleChannel channel, AlertContent content, String key) {
    ChannelSecrets open = ChannelSecrets.open(secrets, project, channel.id(), channel.sealed());
    return switch (channel.kind()) {
      case WEBHOOK -> server(open, content, key);
      case SLACK ->
          channel.slackChannel() == null
              ? new AlertTarget.SlackWebhook(address(open))
              : new AlertTarget.SlackBot(
                  config.slackApi(),
                  Objects.requireNonNullElse(open.token(), ""),
                  channel.slackChannel());
      case TEAMS -> new AlertTarget.TeamsWorkflow(address(open));
      case EMAIL ->
          new AlertTarget.Mailbox(
              notifications.mail().orElseThrow(NoMailServer::new),
              channel.recipients() == null ? List.of() : channel.recipients());
    };
  }

  private AlertTarget server(ChannelSecrets open, AlertContent content, String key) {
    Instant now = clock.instant();
    boolean isFormerValid = open.formerUntil() != null && now.isBefore(open.formerUntil());
    List<String> keys =
        Stream.of(open.signing(), isFormerValid ? open.formerSigning() : null)
            .filter(Objects::nonNull)
            .toList();
    return new AlertTarget.Server(
        address(open),
        Optional.ofNullable(open.authorization()),
        keys,
        Json.write(RuleHookBody.of(content, key, now)));
  }

  private static URI address(ChannelSecrets open) {
    return URI.create(Objects.requireNonNullElse(open.url(), ""));
  }
}
