package dev.retrospec.notifications;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The one comment that a project has in each pull request. */
@ApplicationScoped
public class GithubComments {

  /**
   * A comment that has been made.
   *
   * @param requestedAt of the report in it
   */
  public record Comment(long commentId, Instant requestedAt) {}

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
                    "select comment_id, requested_at from github_comment where project_id = :project"
                        + " and repository = :repository and pr_number = :number")
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
