package dev.retrospec.notifications;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.NotificationConfig.GitHub;
import dev.retrospec.notifications.NotificationConfig.Mail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which channels a project has, and who set them up. */
@ApplicationScoped
public class ChannelQueries {

  private final NotificationChannels channels;
  private final NotificationConfig config;

  @Inject
  public ChannelQueries(NotificationChannels channels, NotificationConfig config) {
    this.channels = channels;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ChannelQueries() {
    this(null, null);
  }

  /** All channels, also those that nobody has set up. */
  public List<ChannelView> of(ProjectId project) {
    Map<Channel, ChannelSetting> settings = channels.of(project);
    return Arrays.stream(Channel.values())
        .map(channel -> view(channel, settings.get(channel)))
        .toList();
  }

  private ChannelView view(Channel channel, @Nullable ChannelSetting setting) {
    ChannelTarget own = setting == null ? ChannelTarget.NONE : setting.target();
    Optional<Mail> mail = config.mail().filter(server -> channel == Channel.EMAIL);
    Optional<GitHub> github = config.github().filter(access -> channel == Channel.GITHUB);
    Optional<String> host = host(channel, own);
    boolean isSetUp =
        host.isPresent() && (channel != Channel.GIST || config.github().get().gists());
    return new ChannelView(
        channel,
        isSetUp && (setting == null || setting.enabled()),
        setting != null ? "project" : isSetUp ? "environment" : "nobody",
        host.orElse(null),
        github.map(access -> or(own.repositories(), access.repositories())).orElse(null),
        mail.map(server -> or(own.recipients(), server.recipients())).orElse(null),
        mail.map(server -> or(own.tellAuthor(), server.tellAuthor())).orElse(null));
  }

  private Optional<String> host(Channel channel, ChannelTarget own) {
    return switch (channel) {
      case SLACK -> Optional.ofNullable(own.address()).or(config::slack).map(URI::getHost);
      case WEBHOOK ->
          Optional.ofNullable(own.address())
              .or(() -> config.webhook().map(NotificationConfig.Hook::url))
              .map(URI::getHost);
      case GITHUB, GIST -> config.github().map(access -> access.api().getHost());
      case EMAIL -> config.mail().map(Mail::host);
    };
  }

  private static <T> T or(@Nullable T own, T environments) {
    return own == null ? environments : own;
  }
}
