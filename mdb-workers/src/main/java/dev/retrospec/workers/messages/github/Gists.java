package dev.retrospec.workers.messages.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.Target;
import dev.retrospec.workers.messages.Receipt;
import dev.retrospec.workers.messages.text.FullReport;
import dev.retrospec.workers.messages.text.Words;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Whole reports as secret Gists: whoever has the address can read one, nobody finds it. */
@ApplicationScoped
public class Gists {

  private final GitHubApi github;

  @Inject
  public Gists(GitHubApi github) {
    this.github = github;
  }

  /** For the container's proxy. */
  protected Gists() {
    this(null);
  }

  /**
   * Makes the run's Gist, or changes it when it has one.
   *
   * @throws GitHubFailure when GitHub did not take it
   */
  public Receipt send(RunMessage message, Target.SecretGist target) {
    NotificationConfig.GitHub access = target.access();
    Map<String, Object> gist =
        Map.of(
            "description",
            "%s on %s (%s)"
                .formatted(
                    Words.outcome(message.report()),
                    message.report().origin().branch(),
                    Words.shortCommit(message.report())),
            "public",
            false,
            "files",
            // the same name each time, so that a change replaces the file
            Map.of("failure-report.md", Map.of("content", FullReport.of(message))));
    Optional<JsonNode> changed = message.gist().flatMap(old -> change(access, old, gist));
    JsonNode made =
        changed.orElseGet(
            () -> github.call("POST", address(access, ""), access.gistToken(), gist).body());
    return new Receipt.Taken(made.path("html_url").asText(null));
  }

  private Optional<JsonNode> change(
      NotificationConfig.GitHub access, String old, Map<String, Object> gist) {
    String id = old.substring(old.lastIndexOf('/') + 1);
    if (!id.matches("[A-Za-z0-9]+")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          github.call("PATCH", address(access, "/" + id), access.gistToken(), gist).body());
    } catch (GitHubFailure failure) {
      if (failure.isGone()) {
        return Optional.empty(); // deleted by hand: a new one
      }
      throw failure;
    }
  }

  private static URI address(NotificationConfig.GitHub access, String rest) {
    return URI.create(access.api().toString().replaceFirst("/+$", "") + "/gists" + rest);
  }
}
