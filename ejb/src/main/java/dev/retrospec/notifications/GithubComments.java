package dev.retrospec.notifications;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The one comment that a project has in each pull request. */
@ApplicationScoped
public class GithubComments {

  /**
   * A comment that has been made.
   *
   * @param commitHash of the run in it; null when its message has been forgotten
   */
  public record Comment(long commentId, @Nullable String commitHash) {}

  private final Jdbi jdbi;

  @Inject
  public GithubComments(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected GithubComments() {
    this(null);
  }

  Optional<Comment> find(ProjectId project, Target.PullRequest place) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select c.comment_id,
                      n.payload -> 'origin' ->> 'commitHash' as commit_hash
                    from github_comment c
                    left join notification n on n.project_id = c.project_id
                      and n.test_run_id = c.test_run_id and n.channel = 'github'
                    where c.project_id = :project and c.repository = :repository
                      and c.pr_number = :number
                    """)
                .bind("project", project)
                .bind("repository", place.repository())
                .bind("number", place.number())
                .map(ConstructorMapper.of(Comment.class))
                .findOne());
  }

  void put(
      ProjectId project,
      Target.PullRequest place,
      long commentId,
      TestRunId run,
      Instant requestedAt) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into github_comment
                      (project_id, repository, pr_number, comment_id, test_run_id, requested_at)
                    values (:project, :repository, :number, :comment, cast(:run as uuid), :at)
                    on conflict (project_id, repository, pr_number) do update set
                      comment_id = excluded.comment_id, test_run_id = excluded.test_run_id,
                      requested_at = excluded.requested_at
                    """)
                .bind("project", project)
                .bind("repository", place.repository())
                .bind("number", place.number())
                .bind("comment", commentId)
                .bind("run", run.value())
                .bind("at", requestedAt)
                .execute());
  }

  /** Forgets comments that nobody will change any more. */
  int deleteBefore(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("delete from github_comment where requested_at < :before")
                .bind("before", before)
                .execute());
  }
}
