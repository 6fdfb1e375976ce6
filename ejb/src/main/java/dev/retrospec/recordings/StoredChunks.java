package dev.retrospec.recordings;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks as they are stored, sealed, from wherever they are: the spool or a block. A caller
 * cannot tell which, also while the packer moves them.
 */
final class StoredChunks {

  /** One request to the store instead of a hundred, and still little memory. */
  static final int LARGEST_READ = 4 * 1024 * 1024;

  /**
   * Where a chunk is, and in the spool the chunk itself, in one snapshot: as long as the row says
   * that no block holds it, its payload stands.
   */
  private static final String WHERE =
      """
      select c.seq, c.stored_bytes, c.block_offset, b.object_key, p.payload
      from recording_chunk c
      left join recording_block b on b.id = c.block_id
      left join recording_payload p
        on c.block_id is null and p.project_id = c.project_id and p.session_id = c.session_id
        and p.seq = c.seq and p.received_at = c.received_at
      where c.project_id = :project and c.session_id = :session and c.seq = any(:seqs)
      order by b.object_key, c.block_offset
      """;

  private final Jdbi jdbi;
  private final ArtifactStore store;

  StoredChunks(Jdbi jdbi, ArtifactStore store) {
    this.jdbi = jdbi;
    this.store = store;
  }

  /** A chunk's row, without the chunk. */
  record Row(
      int seq,
      String windowId,
      @Nullable String reason,
      int eventCount,
      @Nullable Instant firstEventAt,
      @Nullable Instant lastEventAt,
      boolean hasFullSnapshot,
      int storedBytes) {}

  private record Place(
      int seq,
      int storedBytes,
      long offset,
      @Nullable String objectKey,
      byte @Nullable [] payload) {

    boolean follows(Place before) {
      return objectKey != null
          && objectKey.equals(before.objectKey)
          && offset == before.offset + before.storedBytes;
    }
  }

  /**
   * All chunks of a session in the order in which their events happened, because the numbers are
   * not that order: the second half of a chunk that was too large has a later one.
   */
  List<Row> rows(ProjectId project, SessionId session) {
    return rows(jdbi, project, session);
  }

  static List<Row> rows(Jdbi jdbi, ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select seq, window_id, reason, event_count, first_event_at, last_event_at,
                      has_full_snapshot, stored_bytes
                    from recording_chunk
                    where project_id = :project and session_id = :session
                    order by first_event_at, seq
                    """)
                .bind("project", project)
                .bind("session", session)
                .map((row, context) -> chunk(row))
                .list());
  }

  /**
   * The numbers from one to another that have events, at most so many, and not more than fit into
   * one read.
   */
  List<Integer> numbers(
      ProjectId project, SessionId session, ChunkNumber from, ChunkNumber to, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select seq from (
                      select seq, sum(stored_bytes) over (order by seq) as so_far,
                        row_number() over (order by seq) as n
                      from recording_chunk
                      where project_id = :project and session_id = :session
                        and seq between :from and :to and first_event_at is not null
                    ) chunks
                    where n = 1 or (n <= :most and so_far <= :bytes)
                    order by seq
                    """)
                .bind("project", project)
                .bind("session", session)
                .bind("from", from)
                .bind("to", to)
                .bind("most", most)
                .bind("bytes", LARGEST_READ)
                .mapTo(Integer.class)
                .list());
  }

  /** The numbers of the chunks that came and were let go by the project's policy. */
  Set<Integer> omitted(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select seq from omitted_chunk"
                        + " where project_id = :project and session_id = :session")
                .bind("project", project)
                .bind("session", session)
                .mapTo(Integer.class)
                .set());
  }

  /**
   * The sealed bytes of these chunks by number; those that are gone by now are not in it.
   *
   * @throws UnreadableRecording when a chunk should be there and is not
   */
  Map<Integer, byte[]> sealed(ProjectId project, SessionId session, Collection<Integer> seqs) {
    Map<Integer, byte[]> sealed = new LinkedHashMap<>();
    Set<Integer> lost = readInto(sealed, project, session, seqs);
    if (!lost.isEmpty()) {
      // Between the row and the object the session may have been deleted: then its rows are gone.
      Set<Integer> stillLost = readInto(sealed, project, session, lost);
      if (!stillLost.isEmpty()) {
        throw new UnreadableRecording("the stored bytes of chunks " + stillLost + " are missing");
      }
    }
    return sealed;
  }

  /** Returns the numbers whose bytes are not where their rows say. */
  private Set<Integer> readInto(
      Map<Integer, byte[]> sealed, ProjectId project, SessionId session, Collection<Integer> seqs) {
    Set<Integer> lost = new TreeSet<>();
    List<Place> places = places(project, session, seqs);
    for (int from = 0; from < places.size(); ) {
      Place first = places.get(from);
      if (first.objectKey == null) {
        if (first.payload == null) {
          lost.add(first.seq);
        } else {
          sealed.put(first.seq, first.payload);
        }
        from++;
      } else {
        int to = endOfRun(places, from);
        readBlock(sealed, lost, first.objectKey, places.subList(from, to));
        from = to;
      }
    }
    return lost;
  }

  private List<Place> places(ProjectId project, SessionId session, Collection<Integer> seqs) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(WHERE)
                .bind("project", project)
                .bind("session", session)
                .bindArray("seqs", Integer.class, new ArrayList<>(seqs))
                .map((row, context) -> place(row))
                .list());
  }

  static Row chunk(ResultSet row) throws SQLException {
    return new Row(
        row.getInt("seq"),
        row.getString("window_id"),
        row.getString("reason"),
        row.getInt("event_count"),
        instant(row.getTimestamp("first_event_at")),
        instant(row.getTimestamp("last_event_at")),
        row.getBoolean("has_full_snapshot"),
        row.getInt("stored_bytes"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp column) {
    return column == null ? null : column.toInstant();
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        row.getInt("seq"),
        row.getInt("stored_bytes"),
        row.getLong("block_offset"),
        row.getString("object_key"),
        row.getBytes("payload"));
  }

  /** The end of the places that stand side by side in one block and fit into one read. */
  private static int endOfRun(List<Place> places, int from) {
    long length = places.get(from).storedBytes;
    int to = from + 1;
    while (to < places.size()
        && places.get(to).follows(places.get(to - 1))
        && length + places.get(to).storedBytes <= LARGEST_READ) {
      length += places.get(to).storedBytes;
      to++;
    }
    return to;
  }

  private void readBlock(
      Map<Integer, byte[]> sealed, Set<Integer> lost, String objectKey, List<Place> run) {
    long start = run.get(0).offset;
    Place last = run.get(run.size() - 1);
    int length = (int) (last.offset + last.storedBytes - start);
    byte[] bytes =
        store.read(new ArtifactKey(objectKey), new ByteRange(start, length)).orElse(new byte[0]);
    for (Place place : run) {
      int offset = (int) (place.offset - start);
      if (offset + place.storedBytes > bytes.length) {
        lost.add(place.seq);
      } else {
        sealed.put(place.seq, Arrays.copyOfRange(bytes, offset, offset + place.storedBytes));
      }
    }
  }
}
