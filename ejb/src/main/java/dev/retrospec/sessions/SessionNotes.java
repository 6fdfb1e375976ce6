package dev.retrospec.sessions;

import dev.retrospec.ids.NoteId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The notes of sessions; they go with their session. In the caller's transaction. */
@ApplicationScoped
public class SessionNotes {

  private final Jdbi jdbi;

  @Inject
  public SessionNotes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SessionNotes() {
    this(null);
  }

  /** In the order of the replay. */
  public List<SessionNote> of(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, at_ms, text, author, created_at from session_note
                    where project_id = :project and session_id = :session
                    order by at_ms, created_at, id
                    """)
                .bind("project", project)
                .bind("session", session)
                .map(ConstructorMapper.of(SessionNote.class))
                .list());
  }

  /**
   * @return false when there is no such session, or when it has {@code limit} notes already
   */
  boolean add(ProjectId project, SessionId session, SessionNote note, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(
                        """
                        insert into session_note
                          (project_id, session_id, id, at_ms, text, author, created_at)
                        select s.project_id, s.id, :id, :atMs, :text, :author, :createdAt
                        from session s
                        where s.project_id = :project and s.id = :session
                          and (select count(*) from session_note
                               where project_id = :project and session_id = :session) < :limit
                        """)
                    .bindMethods(note)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("limit", limit)
                    .execute()
                == 1);
  }

  /**
   * @return false when there is no such note
   */
  boolean delete(ProjectId project, SessionId session, NoteId note) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(
                        """
                        delete from session_note
                        where project_id = :project and session_id = :session and id = :note
                        """)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("note", note)
                    .execute()
                == 1);
  }
}
