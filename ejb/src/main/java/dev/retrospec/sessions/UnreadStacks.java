package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Markers whose stacks a worker is about to read: until then their clusters are guesses, and no
 * issue has come back because of them. For a minute at most: an outage of the workers hides
 * nothing, if whoever considers clusters asks for the {@link #overdue}. All methods take part in
 * the caller's transaction.
 */
@ApplicationScoped
public class UnreadStacks {

  private static final String AWAIT =
      """
      update error_marker set unread_until = now() + interval '1 minute'
      where project_id = :project and session_id = :session and id = any(:ids)
      """;

  private static final String OVERDUE =
      """
      update error_marker set unread_until = null
      where (project_id, session_id, id) in (
        select project_id, session_id, id from error_marker where unread_until < now()
        order by project_id, session_id, id limit :limit for update skip locked)
      returning project_id, cluster_key
      """;

  private static final String DONE =
      """
      update error_marker set unread_until = null
      where project_id = :project and session_id = :session and id = any(:ids)
        and unread_until is not null
      returning cluster_key
      """;

  private final Jdbi jdbi;

  @Inject
  public UnreadStacks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected UnreadStacks() {
    this(null);
  }

  /** A marker's cluster. */
  public record Waiting(ProjectId projectId, ClusterKey key) {}

  public void await(ProjectId project, SessionId session, Collection<MarkerId> ids) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(AWAIT)
                .bind("project", project)
                .bind("session", session)
                .bindArray("ids", String.class, ids.stream().map(MarkerId::value).toList())
                .execute());
  }

  /**
   * The stacks are read, or nothing can read them.
   *
   * @return the clusters of those that were awaited
   */
  public Set<ClusterKey> done(ProjectId project, SessionId session, Collection<MarkerId> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DONE)
                .bind("project", project)
                .bind("session", session)
                .bindArray("ids", String.class, ids.stream().map(MarkerId::value).toList())
                .mapTo(ClusterKey.class)
                .set());
  }

  /** The clusters of markers that nobody has read in time; each marker is told once. */
  public Set<Waiting> overdue(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OVERDUE)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Waiting(
                            new ProjectId(row.getString("project_id")),
                            new ClusterKey(row.getString("cluster_key"))))
                .set());
  }
}
