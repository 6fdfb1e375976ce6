package dev.retrospec.issues;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.sessions.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts a session for the visitor it turned out to be: somebody who logs in after the first
 * failure is one user, not two.
 */
@ApplicationScoped
public class ClusterVisitors {

  private static final String FOLLOW =
      """
      with before as (
        select cluster_key, visitor from cluster_session
        where project_id = :project and session_id = :session and visitor <> :visitor
        order by cluster_key for update),
      gone as (
        delete from cluster_user u using before b
        where u.project_id = :project and u.cluster_key = b.cluster_key and u.visitor = b.visitor
          and not exists (select from cluster_session s
            where s.project_id = :project and s.cluster_key = b.cluster_key
              and s.visitor = b.visitor and s.session_id <> :session)
        returning u.cluster_key),
      come as (
        insert into cluster_user (project_id, cluster_key, visitor)
        select :project, cluster_key, :visitor from before order by cluster_key
        on conflict do nothing
        returning cluster_key),
      changed as (
        update cluster_session s set visitor = :visitor from before b
        where s.project_id = :project and s.cluster_key = b.cluster_key
          and s.session_id = :session)
      insert into cluster_delta (project_id, cluster_key, sessions, users, markers)
      select :project, b.cluster_key, 0,
             (come.cluster_key is not null)::integer - (gone.cluster_key is not null)::integer, 0
      from before b
      left join gone on gone.cluster_key = b.cluster_key
      left join come on come.cluster_key = b.cluster_key
      where (gone.cluster_key is null) <> (come.cluster_key is null)
      """;

  private final Jdbi jdbi;

  @Inject
  public ClusterVisitors(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterVisitors() {
    this(null);
  }

  /** In the caller's transaction. */
  void follow(ProjectId project, SessionId session, Visitor visitor) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(FOLLOW)
                .bind("project", project)
                .bind("session", session)
                .bind("visitor", visitor)
                .execute());
  }
}
