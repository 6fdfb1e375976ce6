package dev.retrospec.tickets;

import dev.retrospec.platform.failure.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a project wants its tracker.
 *
 * @param server null: everybody's ({@code https://api.github.com}); Jira needs one
 * @param place GitHub: {@code owner/repository}; GitLab: {@code group/project}; Jira: the project's
 *     key; Linear: the team's id
 * @param account Jira: the e-mail address of the token's owner; else null
 * @param token null leaves the stored one
 * @param webhookSecret null leaves the stored one
 * @param closedTicketResolves whether a closed ticket resolves its issue
 * @param resolvedIssueCloses whether a resolved issue closes its ticket; else it is only said there
 */
public record TrackerChange(
    TrackerKind kind,
    @Nullable String server,
    String place,
    @Nullable String account,
    @Nullable String token,
    @Nullable String webhookSecret,
    boolean closedTicketResolves,
    boolean resolvedIssueCloses) {

  private static final int MAX_TEXT = 500;

  /** A shorter one can be guessed, and whoever knows it decides about issues. */
  private static final int MIN_SECRET = 16;

  public TrackerChange {
    server = blankAsNull(server);
    account = blankAsNull(account);
    token = blankAsNull(token);
    webhookSecret = blankAsNull(webhookSecret);
    place = place.strip();
    String form =
        switch (kind) {
          case GITHUB -> "[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+";
          case GITLAB -> "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+";
          case JIRA -> "[A-Z][A-Z0-9_]+";
          case LINEAR -> "[A-Za-z0-9-]+";
        };
    if (place.length() > MAX_TEXT || !place.matches(form) || place.contains("..")) {
      throw new InvalidRequest(
          "place must be owner/repository (GitHub), group/project (GitLab), a project's key"
              + " (Jira) or a team's id (Linear)");
    }
    if (kind == TrackerKind.JIRA && (server == null || account == null)) {
      throw new InvalidRequest("Jira needs server and account");
    }
    checkLine("account", account);
    checkLine("token", token);
    checkLine("webhookSecret", webhookSecret);
    if (webhookSecret != null && webhookSecret.length() < MIN_SECRET) {
      throw new InvalidRequest("webhookSecret must be at least " + MIN_SECRET + " characters");
    }
  }

  TrackerChange withWebhookSecret(String secret) {
    return new TrackerChange(
        kind, server, place, account, token, secret, closedTicketResolves, resolvedIssueCloses);
  }

  private static void checkLine(String field, @Nullable String value) {
    if (value != null
        && (value.length() > MAX_TEXT || value.chars().anyMatch(Character::isISOControl))) {
      throw new InvalidRequest(field + " must be one line of at most " + MAX_TEXT + " characters");
    }
  }

  private static @Nullable String blankAsNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
