package dev.retrospec.recordings.packing;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that are not in a block yet. Every method is one statement and so all or nothing by
 * itself: no transaction is open while a block is on its way to the object store.
 */
final class Spool {

  /** Longer than all attempts to put one block. */
  private static final Duration CLAIM = Duration.ofMinutes(5);

  private static final int READ_AT_ONCE = 2 * 1024 * 1024;

  private final Jdbi jdbi;

  Spool(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A chunk's identity and size; {@code receivedAt} tells where its payload stands. */
  record Entry(
      ProjectId projectId, SessionId sessionId, int seq, Instant receivedAt, int storedBytes) {}

  /** A chunk with its place in a block. */
  record Packed(Entry entry, long offset) {

    long end() {
      return offset + entry.storedBytes();
    }
  }

  /** Sessions with chunks here that nobody is packing. */
  List<SpooledSession> sessions(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select project_id, session_id, sum(stored_bytes) as bytes,
                      min(received_at) as oldest, max(received_at) as newest
                    from recording_chunk c
                    where block_id is null
                      and not exists (
                        select from packing_claim k
                        where k.project_id = c.project_id and k.session_id = c.session_id
                          and k.claimed_until > :now)
                    group by project_id, session_id
                    """)
                .bind("now", now)
                .map(
                    (row, context) ->
                        new SpooledSession(
                            new ProjectId(row.getString("project_id")),
                            new SessionId(row.getString("session_id")),
                            row.getLong("bytes"),
                            row.getTimestamp("oldest").toInstant(),
                            row.getTimestamp("newest").toInstant()))
                .list());
  }

  /** Those of the given sessions that are this packer's now; the others are another node's. */
  List<SpooledSession> claim(List<SpooledSession> sessions, Instant now) {
    // In one order on all nodes, because two that wait for each other's rows would be a deadlock.
    List<SpooledSession> ordered =
        sessions.stream()
            .sorted(
                Comparator.comparing((SpooledSession s) -> s.projectId().value())
                    .thenComparing(s -> s.sessionId().value()))
            .toList();
    Set<List<String>> claimed =
        new HashSet<>(
            jdbi.withHandle(
                handle ->
                    bindSessions(
                            handle.createQuery(
                                """
                                insert into packing_claim (project_id, session_id, claimed_until)
                                select project_id, session_id, :until
                                from unnest(:projects, :sessions) as s (project_id, session_id)
                                on conflict (project_id, session_id)
                                do update set claimed_until = excluded.claimed_until
                                where packing_claim.claimed_until <= :now
                                returning project_id, session_id
                                """),
                            ordered)
                        .bind("until", now.plus(CLAIM))
                        .bind("now", now)
                        .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                        .list()));
    return sessions.stream()
        .filter(s -> claimed.contains(List.of(s.projectId().value(), s.sessionId().value())))
        .toList();
  }

  void release(List<SpooledSession> sessions) {
    jdbi.useHandle(
        handle ->
            bindSessions(
                    handle.createUpdate(
                        """
                        delete from packing_claim k
                        using unnest(:projects, :sessions) as s (project_id, session_id)
                        where k.project_id = s.project_id and k.session_id = s.session_id
                        """),
                    sessions)
                .execute());
  }

  /** The spooled chunks of these sessions, session by session in the order of their numbers. */
  List<Entry> entries(List<SpooledSession> sessions) {
    return jdbi.withHandle(
        handle ->
            bindSessions(
                    handle.createQuery(
                        """
                        select c.project_id, c.session_id, c.seq, c.received_at, c.stored_bytes
                        from recording_chunk c
                        join unnest(:projects, :sessions) with ordinality
                          as s (project_id, session_id, place)
                          on c.project_id = s.project_id and c.session_id = s.session_id
                        where c.block_id is null
                        order by s.place, c.seq
                        """),
                    sessions)
                .map(
                    (row, context) ->
                        new Entry(
                            new ProjectId(row.getString("project_id")),
                            new SessionId(row.getString("session_id")),
                            row.getInt("seq"),
                            row.getTimestamp("received_at").toInstant(),
                            row.getInt("stored_bytes")))
                .list());
  }

  /** Takes one payload after the other. */
  interface PayloadReader {
    void read(Entry entry, byte @Nullable [] payload);
  }

  /** Shows the payload of every one of these chunks in the order given; null where it is gone. */
  void payloads(List<Entry> entries, PayloadReader reader) {
    int from = 0;
    while (from < entries.size()) {
      int to = from;
      long bytes = 0;
      // Without a transaction the driver takes a whole answer into memory, so it gets small ones.
      while (to < entries.size() && bytes < READ_AT_ONCE) {
        bytes += entries.get(to++).storedBytes();
      }
      readSome(entries.subList(from, to), reader);
      from = to;
    }
  }

  private void readSome(List<Entry> entries, PayloadReader reader) {
    jdbi.useHandle(
        handle ->
            bindEntries(
                    handle.createQuery(
                        """
                        select e.place - 1 as place, p.payload
                        from unnest(:projects, :sessions, :seqs, cast(:received as timestamptz[]))
                          with ordinality as e (project_id, session_id, seq, received_at, place)
                        left join recording_payload p
                          on p.project_id = e.project_id and p.session_id = e.session_id
                          and p.seq = e.seq and p.received_at = e.received_at
                        order by e.place
                        """),
                    entries)
                .map(
                    (row, context) -> {
                      reader.read(entries.get(row.getInt("place")), row.getBytes("payload"));
                      return true;
                    })
                .useStream(rows -> rows.forEach(read -> {})));
  }

  /**
   * Says that these chunks stand in a block from now on. Those that are gone, or that another
   * packer was faster with, are passed over.
   *
   * @return how many were moved
   */
  int move(ArtifactKey block, long sizeBytes, List<Packed> packed) {
    List<Entry> entries = packed.stream().map(Packed::entry).toList();
    return jdbi.withHandle(
        handle ->
            bindEntries(
                    handle.createQuery(
                        """
                        with block as (
                          insert into recording_block (object_key, size_bytes, chunk_count)
                          values (:block, :size, :count)
                          returning id
                        ), moved as (
                          update recording_chunk c
                          set block_id = block.id, block_offset = e.block_offset
                          from block, unnest(:projects, :sessions, :seqs, cast(:received as timestamptz[]), :offsets)
                            as e (project_id, session_id, seq, received_at, block_offset)
                          where c.project_id = e.project_id and c.session_id = e.session_id
                            and c.seq = e.seq and c.received_at = e.received_at
                            and c.block_id is null
                          returning c.seq
                        )
                        select count(*) from moved
                        """),
                    entries)
                .bindArray("offsets", Long.class, packed.stream().map(Packed::offset).toList())
                .bind("block", block.value())
                .bind("size", sizeBytes)
                .bind("count", packed.size())
                .mapTo(Integer.class)
                .one());
  }

  /**
   * Forgets chunks whose payload does not exist: the recording then shows that they are missing.
   */
  int forget(List<Entry> entries) {
    return jdbi.withHandle(
        handle ->
            bindEntries(
                    handle.createUpdate(
                        """
                        delete from recording_chunk c
                        using unnest(:projects, :sessions, :seqs, cast(:received as timestamptz[]))
                          as e (project_id, session_id, seq, received_at)
                        where c.project_id = e.project_id and c.session_id = e.session_id
                          and c.seq = e.seq and c.received_at = e.received_at
                          and c.block_id is null
                          and not exists (
                            select from recording_payload p
                            where p.project_id = c.project_id and p.session_id = c.session_id
                              and p.seq = c.seq and p.received_at = c.received_at)
                        """),
                    entries)
                .execute());
  }

  private static <S extends SqlStatement<S>> S bindSessions(
      S statement, Collection<SpooledSession> sessions) {
    return statement
        .bindArray(
            "projects", String.class, sessions.stream().map(s -> s.projectId().value()).toList())
        .bindArray(
            "sessions", String.class, sessions.stream().map(s -> s.sessionId().value()).toList());
  }

  private static <S extends SqlStatement<S>> S bindEntries(S statement, List<Entry> entries) {
    return statement
        .bindArray(
            "projects", String.class, entries.stream().map(e -> e.projectId().value()).toList())
        .bindArray(
            "sessions", String.class, entries.stream().map(e -> e.sessionId().value()).toList())
        .bindArray("seqs", Integer.class, entries.stream().map(Entry::seq).toList())
        .bindArray(
            "received",
            String.class,
            entries.stream().map(e -> e.receivedAt().toString()).toList());
  }
}
