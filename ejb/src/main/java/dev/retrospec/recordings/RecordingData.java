package dev.retrospec.recordings;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.artifacts.OwnedObjects;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives recordings up. With a session's key its recording is unreadable at once, wherever its bytes
 * are; a block goes when the last session in it has gone.
 */
@ApplicationScoped
public class RecordingData implements ExpiringData, OwnedObjects {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingData.class);

  /** The key of every block begins so. */
  public static final String BLOCKS = "blocks/";

  private static final int BLOCKS_AT_ONCE = 500;

  private final Jdbi jdbi;
  private final ArtifactStore store;

  @Inject
  public RecordingData(Jdbi jdbi, ArtifactStore store) {
    this.jdbi = jdbi;
    this.store = store;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingData() {
    this(null, null);
  }

  private record Block(long id, String objectKey) {}

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    List<String> ids = sessions.stream().map(SessionId::value).toList();
    for (String sql :
        List.of(
            """
            with gone as (
              delete from recording_chunk
              where project_id = :project and session_id = any(:sessions)
              returning project_id, session_id, seq, received_at
            )
            delete from recording_payload p using gone
            where p.project_id = gone.project_id and p.session_id = gone.session_id
              and p.seq = gone.seq and p.received_at = gone.received_at
            """,
            "delete from session_key where project_id = :project and session_id = any(:sessions)",
            "delete from packing_claim"
                + " where project_id = :project and session_id = any(:sessions)")) {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(sql)
                  .bind("project", project)
                  .bindArray("sessions", String.class, ids)
                  .execute());
    }
    return Deleted.NOTHING;
  }

  /** Deletes the blocks in which no chunk is left. */
  @Override
  public Deleted sweep(Instant before) {
    int deleted = 0;
    List<Block> empty = emptyBlocks(0);
    while (!empty.isEmpty()) {
      for (Block block : empty) {
        try {
          store.delete(new ArtifactKey(block.objectKey));
        } catch (ArtifactStoreUnavailable e) {
          LOG.warn("Empty blocks are deleted when the object store answers", e);
          return Deleted.eventObjects(deleted, 1);
        }
        deleted += forget(block);
      }
      empty = emptyBlocks(empty.get(empty.size() - 1).id);
    }
    return Deleted.eventObjects(deleted, 0);
  }

  private List<Block> emptyBlocks(long after) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, object_key from recording_block b
                    where id > :after
                      and not exists (select from recording_chunk c where c.block_id = b.id)
                    order by id
                    limit :limit
                    """)
                .bind("after", after)
                .bind("limit", BLOCKS_AT_ONCE)
                .map((row, context) -> new Block(row.getLong("id"), row.getString("object_key")))
                .list());
  }

  /** One, or zero when another node was faster. */
  private int forget(Block block) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("delete from recording_block where id = :id")
                .bind("id", block.id)
                .execute());
  }

  @Override
  public String prefix() {
    return BLOCKS;
  }

  @Override
  public Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select object_key from recording_block where object_key = any(:keys)")
                .bindArray("keys", String.class, keys.stream().map(ArtifactKey::value).toList())
                .mapTo(ArtifactKey.class)
                .collect(Collectors.toSet()));
  }
}
