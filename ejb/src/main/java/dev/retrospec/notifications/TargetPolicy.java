package dev.retrospec.notifications;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.projects.Project;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a report goes: what the project has decided before what the environment says. Rules without
 * any state of their own.
 */
final class TargetPolicy {

  private final ProjectId project;
  private final NotificationConfig config;
  private final Map<Channel, ChannelSetting> settings;

  TargetPolicy(
      ProjectId project, NotificationConfig config, Map<Channel, ChannelSetting> settings) {
    this.project = project;
    this.config = config;
    this.settings = settings;
  }

  /**
   * Empty when the channel is off, not set up, or has nobody to tell about this run. Nobody is
   * interrupted for failures that people have decided to be known or flaky: the comment, which is
   * read by those who work on the change, and the webhook tell them.
   */
  Optional<Target> target(Channel channel, RunReport report) {
    ChannelSetting setting = settings.get(channel);
    if (setting != null && !setting.enabled()) {
      return Optional.empty();
    }
    ChannelTarget own = setting == null ? ChannelTarget.NONE : setting.target();
    return switch (channel) {
      case SLACK ->
          report.isExpected()
              ? Optional.empty()
              : own(own).or(config::slack).map(Target.SlackChannel::new);
      case GITHUB -> pullRequest(own, report);
      case GIST ->
          config.github().filter(NotificationConfig.GitHub::gists).map(Target.SecretGist::new);
      case EMAIL -> report.isExpected() ? Optional.empty() : mailbox(own, report);
      case WEBHOOK -> hook(own).map(Target.Server::new);
    };
  }

  private static Optional<URI> own(ChannelTarget own) {
    return Optional.ofNullable(own.address());
  }

  private Optional<NotificationConfig.Hook> hook(ChannelTarget own) {
    return own(own)
        // with its own header or none: the environment's belongs to the environment's server
        .map(url -> new NotificationConfig.Hook(url, Optional.ofNullable(own.authorization())))
        .or(config::webhook);
  }

  private Optional<Target> pullRequest(ChannelTarget own, RunReport report) {
    Integer number = report.origin().prNumber();
    if (config.github().isEmpty() || number == null || number < 1) {
      return Optional.empty();
    }
    NotificationConfig.GitHub access = config.github().get();
    List<String> allowed = own.repositories() == null ? access.repositories() : own.repositories();
    if (allowed.isEmpty() && config.production() && !project.equals(Project.DEFAULT)) {
      return Optional.empty(); // the token is the operator's, the run is anybody's
    }
    String named = report.origin().repository();
    String repository = named != null || allowed.isEmpty() ? named : allowed.get(0);
    return Optional.ofNullable(repository)
        .filter(ChannelTarget::isRepository)
        .filter(name -> allowed.isEmpty() || allowed.stream().anyMatch(name::equalsIgnoreCase))
        .map(name -> new Target.PullRequest(access, name.toLowerCase(Locale.ROOT), number));
  }

  private Optional<Target> mailbox(ChannelTarget own, RunReport report) {
    if (config.mail().isEmpty()) {
      return Optional.empty();
    }
    NotificationConfig.Mail server = config.mail().get();
    Set<String> recipients =
        new LinkedHashSet<>(own.recipients() == null ? server.recipients() : own.recipients());
    if (own.tellAuthor() == null ? server.tellAuthor() : own.tellAuthor()) {
      MailAddress.of(report.origin().author())
          .filter(author -> isTold(MailAddress.domain(author), server, recipients))
          .ifPresent(recipients::add);
    }
    return recipients.isEmpty()
        ? Optional.empty()
        : Optional.of(new Target.Mailbox(server, List.copyOf(recipients)));
  }

  /** In production nobody else's mailbox gets letters because a run names it as its author. */
  private boolean isTold(String domain, NotificationConfig.Mail server, Set<String> recipients) {
    if (!server.authorDomains().isEmpty()) {
      return server.authorDomains().contains(domain);
    }
    return !config.production()
        || recipients.stream().map(MailAddress::domain).anyMatch(domain::equals);
  }
}
