package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.IndexedEvent.Kind;
import dev.retrospec.recordings.RecordingManifest.IdlePeriod;
import dev.retrospec.recordings.RecordingManifest.PageVisit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** What whole recordings come down to, of many at once. */
public final class RecordingDigests {

  /** More page changes in one visit are a loop. */
  static final int MAX_PAGES = 2_000;

  private static final String CHUNKS =
      """
      select c.project_id, c.session_id, c.seq, c.window_id, c.reason, c.event_count,
        c.first_event_at, c.last_event_at, c.has_full_snapshot, c.stored_bytes
      from recording_chunk c
      join unnest(:projects, :sessions) as w (project, session)
        on c.project_id = w.project and c.session_id = w.session
      order by c.first_event_at, c.seq
      """;

  private static final String PAGES =
      """
      select w.project as project_id, w.session as session_id, e.at, e.text
      from unnest(:projects, :sessions) as w (project, session)
      cross join lateral (
        select at, text, chunk_seq, ordinal from session_event
        where project_id = w.project and session_id = w.session and kind = :kind
        order by at, chunk_seq, ordinal limit :limit) as e
      order by 1, 2, e.at, e.chunk_seq, e.ordinal
      """;

  private final Jdbi jdbi;

  public RecordingDigests(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A recording.
   *
   * @param startedAt of its session
   */
  public record Recording(ProjectId project, SessionId session, Instant startedAt) {}

  /**
   * @param pages without a page that follows itself
   * @param idlePeriods as in {@link RecordingManifest}
   */
  public record Digest(List<PageVisit> pages, List<IdlePeriod> idlePeriods) {

    /** Of a session that recorded nothing. */
    public static final Digest NOTHING = new Digest(List.of(), List.of());
  }

  private record Id(ProjectId project, SessionId session) {}

  public Map<Recording, Digest> of(Collection<Recording> recordings) {
    return jdbi.withHandle(
        handle -> {
          Map<Id, List<StoredChunks.Row>> chunks = new HashMap<>();
          query(handle, CHUNKS, recordings)
              .map((row, context) -> Map.entry(id(row), StoredChunks.chunk(row)))
              .forEach(entry -> add(chunks, entry));
          Map<Id, List<PageVisit>> visits = new HashMap<>();
          query(handle, PAGES, recordings)
              .bind("kind", Kind.NAVIGATION.word())
              .bind("limit", MAX_PAGES)
              .map(
                  (row, context) ->
                      Map.entry(
                          id(row),
                          new PageVisit(row.getTimestamp("at").toInstant(), row.getString("text"))))
              .forEach(entry -> add(visits, entry));
          Map<Recording, Digest> digests = new HashMap<>();
          for (Recording recording : recordings) {
            Id id = new Id(recording.project(), recording.session());
            List<StoredChunks.Row> rows = chunks.getOrDefault(id, List.of());
            digests.put(
                recording,
                new Digest(
                    distinct(visits.getOrDefault(id, List.of())),
                    new RecordingCoverage(rows, Set.of(), recording.startedAt()).idlePeriods()));
          }
          return digests;
        });
  }

  /** The pages of visits in order: reloading one is no new page. */
  static List<PageVisit> distinct(List<PageVisit> visits) {
    List<PageVisit> pages = new ArrayList<>();
    for (PageVisit visit : visits) {
      boolean samePage = !pages.isEmpty() && pages.get(pages.size() - 1).url().equals(visit.url());
      if (!samePage && !visit.url().isEmpty()) {
        pages.add(visit);
      }
    }
    return pages;
  }

  private static Query query(Handle handle, String sql, Collection<Recording> recordings) {
    return handle
        .createQuery(sql)
        .bindArray(
            "projects", String.class, recordings.stream().map(r -> r.project().value()).toList())
        .bindArray(
            "sessions", String.class, recordings.stream().map(r -> r.session().value()).toList());
  }

  private static Id id(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Id(
        new ProjectId(row.getString("project_id")), new SessionId(row.getString("session_id")));
  }

  private static <T> void add(Map<Id, List<T>> all, Map.Entry<Id, T> entry) {
    all.computeIfAbsent(entry.getKey(), id -> new ArrayList<>()).add(entry.getValue());
  }
}
