package dev.retrospec.workers.messages.text;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.notifications.RunMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the things that a message names can be looked at. */
public final class Places {

  private final RunMessage message;

  public Places(RunMessage message) {
    this.message = message;
  }

  /** The run's page. */
  public Optional<String> run() {
    return Optional.ofNullable(message.report().reportUrl())
        .or(() -> page("runs", message.report().runId().value()));
  }

  /** Where all of the report stands: outside of RetroSpec if it is there, else the run's page. */
  public Optional<String> fullReport() {
    return message.gist().or(this::run);
  }

  public Optional<String> pattern(@Nullable PatternId pattern) {
    return pattern == null ? Optional.empty() : page("patterns", pattern.value());
  }

  public Optional<String> issue(ClusterKey key) {
    return page("issues", key.value());
  }

  /** The pull request's page, where the repository is known. */
  public Optional<String> pullRequest() {
    String repository = message.report().origin().repository();
    Integer number = message.report().origin().prNumber();
    return repository == null
            || number == null
            || !repository.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
        ? Optional.empty()
        : Optional.of(message.forge() + "/" + repository + "/pull/" + number);
  }

  private Optional<String> page(String list, String id) {
    return message
        .publicUrl()
        .map(
            url ->
                "%s/admin/%s/%s?project=%s"
                    .formatted(url, list, encoded(id), encoded(message.project().value())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
