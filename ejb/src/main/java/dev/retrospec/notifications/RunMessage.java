package dev.retrospec.notifications;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that is to be sent now.
 *
 * @param revision of the report, to be given back
 * @param gist where the whole report stands outside of RetroSpec; of a message to {@code gist}: the
 *     one that is to be changed
 * @param publicUrl where people reach RetroSpec, without a slash at its end
 * @param forge where the pages of repositories begin, such as {@code https://github.com}
 * @param requestedAt when the report was made
 */
public record RunMessage(
    NotificationId id,
    int revision,
    ProjectId project,
    RunReport report,
    Target target,
    Optional<String> gist,
    Optional<String> publicUrl,
    String forge,
    Instant requestedAt) {

  /** The same message about another run, whose whole report stands on its page. */
  public RunMessage about(RunReport other) {
    return new RunMessage(
        id, revision, project, other, target, Optional.empty(), publicUrl, forge, requestedAt);
  }
}
