package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JsonParser;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Recordings in the spool, as ingest leaves them there. */
public final class RecordingFixture {

  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private static final SessionKeys KEYS =
      new SessionKeys(MasterKeys.parse("1:" + Base64.getEncoder().encodeToString(new byte[32])));

  private final TestDatabase database = TestDatabase.get();
  private final RecordingChunks chunks = new RecordingChunks(database.jdbi(), keys());

  public static SessionKeys keys() {
    return KEYS;
  }

  /** Events at these milliseconds after {@link #START}; the first is a full snapshot. */
  public static String events(long... atMs) {
    return LongStream.of(atMs)
        .mapToObj(
            ms ->
                "{\"type\":%d,\"data\":{\"ms\":%d},\"timestamp\":%d}"
                    .formatted(ms == atMs[0] ? 2 : 3, ms, START.toEpochMilli() + ms))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** An event of ours at this many milliseconds after {@link #START}. */
  public static String custom(String tag, String payload, long atMs) {
    return "[{\"type\":5,\"data\":{\"tag\":\"%s\",\"payload\":%s},\"timestamp\":%d}]"
        .formatted(tag, payload, START.toEpochMilli() + atMs);
  }

  /** One chunk of one window; the session's row is made with the first one. */
  public RecordingFixture spool(
      ProjectId project, SessionId session, int seq, Instant receivedAt, String events) {
    return spool(project, session, seq, receivedAt, events, "win_1", "interval");
  }

  public RecordingFixture spool(
      ProjectId project,
      SessionId session,
      int seq,
      Instant receivedAt,
      String events,
      String window,
      String reason) {
    session(project, session, receivedAt);
    EncodedEvents encoded = encode(events);
    ChunkNumber number = new ChunkNumber(seq);
    database.inTransaction(
        () -> {
          NewChunk chunk = new NewChunk(window, reason, sha256(events), encoded);
          SpoolOutcome outcome = chunks.add(project, session, number, chunk, receivedAt);
          if (!(outcome instanceof SpoolOutcome.Added)) {
            throw new IllegalStateException("Chunk " + seq + " is there already: " + outcome);
          }
        });
    return this;
  }

  /** The session's own row, unless it is there. */
  public void session(ProjectId project, SessionId session, Instant createdAt) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into session
                          (project_id, id, site, route, started_at, ended_at, duration_ms,
                           created_at, updated_at)
                        values (:project, :session, 'shop.example', '/', :at, :at, 0, :at, :at)
                        on conflict do nothing
                        """)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("at", createdAt)
                    .execute());
  }

  /** The rows of this many sessions that have no recording. */
  public void sessions(ProjectId project, int count, Instant createdAt) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into session
                          (project_id, id, site, route, started_at, ended_at, duration_ms,
                           created_at, updated_at)
                        select :project, 'ses_' || n, 'shop.example', '/', :at, :at, 0, :at, :at
                        from generate_series(1, :count) as n
                        """)
                    .bind("project", project)
                    .bind("at", createdAt)
                    .bind("count", count)
                    .execute());
  }

  /** The numbers of the session's chunks that are not in a block. */
  public List<Integer> spooled(ProjectId project, SessionId session) {
    return numbers(project, session, "block_id is null");
  }

  /** The numbers of the session's chunks that are in a block. */
  public List<Integer> packed(ProjectId project, SessionId session) {
    return numbers(project, session, "block_id is not null");
  }

  private List<Integer> numbers(ProjectId project, SessionId session, String condition) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select seq from recording_chunk where project_id = :project"
                            + " and session_id = :session and "
                            + condition
                            + " order by seq")
                    .bind("project", project)
                    .bind("session", session)
                    .mapTo(Integer.class)
                    .list());
  }

  /** The keys of the blocks that hold chunks of this session. */
  public List<String> blocks(ProjectId project, SessionId session) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select distinct object_key from recording_block b
                        join recording_chunk c on c.block_id = b.id
                        where c.project_id = :project and c.session_id = :session
                        """)
                    .bind("project", project)
                    .bind("session", session)
                    .mapTo(String.class)
                    .list());
  }

  /** Forgets what other tests have left in the spool. */
  public RecordingFixture emptySpool() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createScript("delete from recording_chunk; delete from packing_claim")
                    .execute());
    return this;
  }

  /** Events as a chunk holds them, scrubbed. */
  static EncodedEvents encode(String events) {
    try (JsonParser parser = EventStream.jsonFactory().createParser(events)) {
      parser.nextToken();
      return new EventStream(new Scrubber()).encode(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(String events) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(events.getBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
