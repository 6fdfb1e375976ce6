package dev.retrospec.alerts;

import dev.retrospec.notifications.NotificationConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where a delivery goes, and with whose rights. */
public sealed interface AlertTarget {

  /**
   * A server that takes signed JSON.
   *
   * @param body as it is to be posted
   * @param signingKeys each makes a signature; the newest first
   */
  record Server(URI url, Optional<String> authorization, List<String> signingKeys, String body)
      implements AlertTarget {

    /** Without path, header and keys. */
    @Override
    public String toString() {
      return "Server[" + url.getHost() + "]";
    }
  }

  /** An incoming webhook of Slack. */
  record SlackWebhook(URI url) implements AlertTarget {

    /** Without the path, which is the secret. */
    @Override
    public String toString() {
      return "SlackWebhook[" + url.getHost() + "]";
    }
  }

  /**
   * A bot in Slack.
   *
   * @param api what the names of methods are put behind
   * @param channel a channel's id or name
   */
  record SlackBot(URI api, String token, String channel) implements AlertTarget {

    /** Without the token. */
    @Override
    public String toString() {
      return "SlackBot[" + channel + "]";
    }
  }

  /** A workflow of Microsoft Teams. */
  record TeamsWorkflow(URI url) implements AlertTarget {

    /** Without the path, which is the secret. */
    @Override
    public String toString() {
      return "TeamsWorkflow[" + url.getHost() + "]";
    }
  }

  /**
   * @param recipients at least one address
   */
  record Mailbox(NotificationConfig.Mail server, List<String> recipients) implements AlertTarget {}
}
