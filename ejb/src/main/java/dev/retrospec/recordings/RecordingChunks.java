package dev.retrospec.recordings;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Takes chunks into the spool, encrypted with their session's key, and with them what of their
 * events can be listed and searched. All methods take part in the caller's transaction, so that a
 * chunk is there exactly when the request was acknowledged. The session's own row must be there
 * when that ends.
 */
@ApplicationScoped
public class RecordingChunks {

  private static final String ADD =
      """
      with added as (
        insert into recording_chunk
          (project_id, session_id, seq, window_id, reason, sha256, event_count, unlisted_count,
           first_event_at, last_event_at, has_full_snapshot, inflated_bytes, stored_bytes, received_at)
        select :project, :session, :seq, :window, :reason, :sha256, :events, :unlisted,
               cast(:first as timestamptz), cast(:last as timestamptz),
               :hasFullSnapshot, :inflatedBytes, :storedBytes, cast(:now as timestamptz)
        where not exists (select from omitted_chunk
          where project_id = :project and session_id = :session and seq = :seq)
        on conflict do nothing
        returning project_id, session_id, seq, received_at),
      timeline as (
        insert into session_event
          (project_id, session_id, chunk_seq, ordinal, at, kind, level, text, data)
        select added.project_id, added.session_id, added.seq,
               e.ordinal, e.at, e.kind, e.level, e.text, e.data::jsonb
        from added, jsonb_to_recordset(cast(:timeline as jsonb))
          as e (ordinal integer, at timestamptz, kind text, level text, text text, data text))
      insert into recording_payload (project_id, session_id, seq, received_at, payload)
      select added.*, :payload from added
      """;

  private static final String HASH =
      """
      select sha256 from recording_chunk
      where project_id = :project and session_id = :session and seq = :seq
      union all
      select sha256 from omitted_chunk
      where project_id = :project and session_id = :session and seq = :seq
      limit 1
      """;

  /** Until the transaction ends; there may be no row yet that could be locked. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended(:project || '/' || :session, 0))::text";

  private static final String REMOVE =
      """
      with removed as (
        delete from recording_chunk
        where project_id = :project and session_id = :session and seq = :seq
        returning project_id, session_id, seq, received_at, event_count, unlisted_count,
                  stored_bytes),
      payload as (
        delete from recording_payload p using removed r
        where (p.project_id, p.session_id, p.seq, p.received_at)
            = (r.project_id, r.session_id, r.seq, r.received_at)),
      timeline as (
        delete from session_event
        where project_id = :project and session_id = :session and chunk_seq = :seq)
      select event_count, unlisted_count, stored_bytes from removed
      """;

  private static final String SPOOLED =
      "select coalesce(sum(stored_bytes), 0) from recording_chunk where block_id is null";

  private final Jdbi jdbi;
  private final SessionCiphers ciphers;

  @Inject
  public RecordingChunks(Jdbi jdbi, SessionKeys keys) {
    this.jdbi = jdbi;
    this.ciphers = new SessionCiphers(jdbi, keys);
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingChunks() {
    this.jdbi = null;
    this.ciphers = null;
  }

  /**
   * By how much a session's recording grew when a chunk took another one's place.
   *
   * @param unlisted events of the timeline that are not stored there
   */
  public record Replacement(int chunks, int events, int unlisted, int storedBytes) {

    static final Replacement NOTHING = new Replacement(0, 0, 0, 0);

    static Replacement by(EncodedEvents events, int storedBytes) {
      return new Replacement(1, events.eventCount(), events.timelineDropped(), storedBytes);
    }

    Replacement minus(Replacement other) {
      return new Replacement(
          chunks - other.chunks,
          events - other.events,
          unlisted - other.unlisted,
          storedBytes - other.storedBytes);
    }
  }

  /** A row of {@link #ADD}'s timeline; the names are those of the columns. */
  private record TimelineRow(
      int ordinal,
      Instant at,
      String kind,
      @Nullable String level,
      String text,
      @Nullable String data) {

    static List<TimelineRow> all(List<IndexedEvent> events) {
      List<TimelineRow> rows = new ArrayList<>(events.size());
      for (IndexedEvent event : events) {
        rows.add(
            new TimelineRow(
                rows.size(),
                event.at(),
                event.kind().word(),
                event.level(),
                event.text(),
                event.data()));
      }
      return rows;
    }
  }

  /** Spools a chunk, unless its number is taken. */
  public SpoolOutcome add(
      ProjectId project, SessionId session, ChunkNumber number, NewChunk chunk, Instant now) {
    byte[] payload = sealed(project, session, number, chunk);
    return jdbi.withHandle(
        handle -> {
          if (insert(handle, project, session, number, chunk, payload, now)) {
            return new SpoolOutcome.Added(payload.length);
          }
          return Arrays.equals(hash(handle, project, session, number), chunk.sha256())
              ? new SpoolOutcome.Repeated()
              : new SpoolOutcome.Conflicting();
        });
  }

  /**
   * Spools a chunk in the place of what had its number before. In a block the old bytes become
   * unused space. Replacements of the same session wait for each other.
   */
  public Replacement replace(
      ProjectId project, SessionId session, ChunkNumber number, NewChunk chunk, Instant now) {
    byte[] payload = sealed(project, session, number, chunk);
    return jdbi.withHandle(
        handle -> {
          // First, because most uploads replace nothing.
          if (insert(handle, project, session, number, chunk, payload, now)) {
            return Replacement.by(chunk.events(), payload.length);
          }
          Replacement removed = remove(handle, project, session, number);
          if (!insert(handle, project, session, number, chunk, payload, now)) {
            throw new IllegalStateException("A chunk that was removed is still there");
          }
          return Replacement.by(chunk.events(), payload.length).minus(removed);
        });
  }

  private static Replacement remove(
      Handle handle, ProjectId project, SessionId session, ChunkNumber number) {
    handle
        .createQuery(LOCK)
        .bind("project", project)
        .bind("session", session)
        .mapTo(String.class)
        .one();
    return handle
        .createQuery(REMOVE)
        .bind("project", project)
        .bind("session", session)
        .bind("seq", number)
        .map((row, context) -> new Replacement(1, row.getInt(1), row.getInt(2), row.getInt(3)))
        .findOne()
        .orElse(Replacement.NOTHING);
  }

  /** Stored bytes that wait for the packer, in all projects. */
  long spooledBytes() {
    return jdbi.withHandle(handle -> handle.createQuery(SPOOLED).mapTo(Long.class).one());
  }

  private byte[] sealed(ProjectId project, SessionId session, ChunkNumber number, NewChunk chunk) {
    return ciphers
        .obtain(project, session)
        .seal(chunk.events().zstd(), SessionCipher.aad(project, session, number));
  }

  private static boolean insert(
      Handle handle,
      ProjectId project,
      SessionId session,
      ChunkNumber number,
      NewChunk chunk,
      byte[] payload,
      Instant now) {
    EncodedEvents events = chunk.events();
    return handle
            .createUpdate(ADD)
            .bind("project", project)
            .bind("session", session)
            .bind("seq", number)
            .bind("window", chunk.windowId())
            .bind("reason", chunk.reason())
            .bind("sha256", chunk.sha256())
            .bind("events", events.eventCount())
            .bind("unlisted", events.timelineDropped())
            .bind("first", events.firstEventAt())
            .bind("last", events.lastEventAt())
            .bind("hasFullSnapshot", events.hasFullSnapshot())
            .bind("inflatedBytes", events.inflatedBytes())
            .bind("storedBytes", payload.length)
            .bind("now", now)
            .bind("payload", payload)
            .bind("timeline", Json.write(TimelineRow.all(events.timeline())))
            .execute()
        == 1;
  }

  private static byte[] hash(
      Handle handle, ProjectId project, SessionId session, ChunkNumber number) {
    return handle
        .createQuery(HASH)
        .bind("project", project)
        .bind("session", session)
        .bind("seq", number)
        .mapTo(byte[].class)
        .one();
  }
}
