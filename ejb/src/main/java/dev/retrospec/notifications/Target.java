package dev.retrospec.notifications;

import java.net.URI;
import java.util.List;

/** Where one message goes. */
public sealed interface Target {

  /** An incoming webhook. */
  record SlackChannel(URI webhook) implements Target {

    /** Without the path, which is the secret. */
    @Override
    public String toString() {
      return "SlackChannel[" + webhook.getHost() + "]";
    }
  }

  /**
   * @param repository {@code owner/name}
   */
  record PullRequest(NotificationConfig.GitHub access, String repository, int number)
      implements Target {}

  /** A secret Gist of the token's owner. */
  record SecretGist(NotificationConfig.GitHub access) implements Target {}

  /**
   * @param recipients at least one address
   */
  record Mailbox(NotificationConfig.Mail server, List<String> recipients) implements Target {}

  /** A server that takes JSON. */
  record Server(NotificationConfig.Hook hook) implements Target {}
}
