package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the keys of stored sessions anew when a newer master key is configured, so that the old one
 * can be taken out of the settings afterwards. The recordings stay as they are. Safe on several
 * nodes and at any moment: a key is replaced only if it is still the one that was read.
 */
@ApplicationScoped
public class KeyRotation {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

  private static final int BATCH = 500;

  private static final String OUTDATED =
      """
      select project_id, session_id, master_key_id, wrapped_key from session_key
      where master_key_id <> :newest and (project_id, session_id) > (:project, :session)
      order by project_id, session_id
      limit :limit
      """;

  private static final String REPLACE =
      """
      update session_key set master_key_id = :newest, wrapped_key = :rewrapped
      where project_id = :project and session_id = :session and master_key_id = :outdated
      """;

  private final Jdbi jdbi;
  private final SessionKeys keys;

  @Inject
  public KeyRotation(Jdbi jdbi, SessionKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected KeyRotation() {
    this(null, null);
  }

  private record Stored(String project, String session, WrappedKey key) {}

  /**
   * Wraps every outdated key anew.
   *
   * @return how many; a key whose master key is not configured any more is left as it is
   */
  public int run() {
    int rotated = 0;
    int unreadable = 0;
    List<Stored> batch = outdated("", "");
    while (!batch.isEmpty()) {
      for (Stored stored : batch) {
        try {
          rotated += replace(stored);
        } catch (UnreadableRecording e) {
          unreadable++;
        }
      }
      Stored last = batch.get(batch.size() - 1);
      batch = outdated(last.project, last.session);
    }
    if (rotated > 0) {
      LOG.info("{} session keys wrapped by the newest master key", rotated);
    }
    if (unreadable > 0) {
      LOG.warn("{} session keys do not open with the configured master keys", unreadable);
    }
    return rotated;
  }

  private List<Stored> outdated(String afterProject, String afterSession) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OUTDATED)
                .bind("newest", keys.wrappingKeyId())
                .bind("project", afterProject)
                .bind("session", afterSession)
                .bind("limit", BATCH)
                .map(
                    (row, context) ->
                        new Stored(
                            row.getString(1),
                            row.getString(2),
                            new WrappedKey(row.getString(3), row.getBytes(4))))
                .list());
  }

  private int replace(Stored stored) {
    ProjectId project = new ProjectId(stored.project);
    SessionId session = new SessionId(stored.session);
    WrappedKey rewrapped = keys.rewrap(project, session, stored.key);
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(REPLACE)
                .bind("newest", rewrapped.masterKeyId())
                .bind("rewrapped", rewrapped.wrapped())
                .bind("project", project)
                .bind("session", session)
                .bind("outdated", stored.key.masterKeyId())
                .execute());
  }
}
