package dev.retrospec.sessions;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.recordings.RecordingDigests;
import dev.retrospec.recordings.RecordingDigests.Digest;
import dev.retrospec.recordings.RecordingManifest.IdlePeriod;
import dev.retrospec.recordings.RecordingManifest.PageVisit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What is computed of sessions that have ended, so that lists, searches and the player need not
 * read every event.
 */
@ApplicationScoped
public class SessionIndexes {

  /** A document is mostly much smaller; a hostile one must not fill the index of texts. */
  static final int MAX_TEXT = 64 * 1024;

  /** Of which a document is made; further ones are in the replay's own list. */
  private static final int MAX_EVENTS = 20_000;

  private static final int BATCH = 50;

  private static final String DUE =
      """
      select project_id, id, started_at, events_object_key from session
      where index_due and status <> 'recording'
      limit :limit
      for update skip locked
      """;

  /**
   * Each different thing that was said, in the order in which it was said first. A click without a
   * label says nothing.
   */
  private static final String STORE =
      """
      insert into session_index (project_id, session_id, started_at, pages, idle, text)
      select s.project_id, s.id, s.started_at, d.pages, d.idle,
        left(lower(concat_ws(E'\\n', s.url, said.markers, said.events)), :maxText)
      from jsonb_to_recordset(cast(:digests as jsonb))
        as d (project text, session text, recorded text, pages jsonb, idle jsonb)
      join session s on s.project_id = d.project and s.id = d.session
      cross join lateral (select
        (select string_agg(distinct concat_ws(E'\\n', label, evidence), E'\\n') from error_marker
          where project_id = s.project_id and session_id = s.id) as markers,
        (select string_agg(text, E'\\n' order by first, text) from (
          select text, min(at) as first from (
            select text, at from session_event
            where project_id = s.project_id and session_id = d.recorded
              and not (kind = 'click' and text like 'node %')
            order by chunk_seq, ordinal limit :maxEvents) as said
          group by text) as once) as events) as said
      on conflict (project_id, session_id) do update set
        started_at = excluded.started_at, pages = excluded.pages, idle = excluded.idle,
        text = excluded.text
      """;

  /** Only who was still at work can fail: what a client reported as a whole is what it is. */
  private static final String DONE =
      """
      update session s set index_due = false,
        status = case when s.status <> 'processing' then s.status
          when judged.reason is null then 'ready' else 'failed' end,
        status_reason = case when s.status = 'processing' then judged.reason end
      from (
        select d.project, d.session, case
          when not exists (select from recording_chunk c where c.project_id = d.project
            and c.session_id = d.recorded and c.event_count > 0) then 'no_events'
          when not exists (select from recording_chunk c where c.project_id = d.project
            and c.session_id = d.recorded and c.has_full_snapshot) then 'no_full_snapshot'
          end as reason
        from jsonb_to_recordset(cast(:digests as jsonb))
          as d (project text, session text, recorded text)) as judged
      where s.project_id = judged.project and s.id = judged.session
      """;

  private static final String FIND =
      """
      select i.pages, i.idle from session_index i
      join session s on s.project_id = i.project_id and s.id = i.session_id
      where i.project_id = :project and i.session_id = :session
        and s.status = 'ready' and not s.index_due
      """;

  private static final TypeReference<List<PageVisit>> PAGES = new TypeReference<>() {};
  private static final TypeReference<List<IdlePeriod>> IDLE = new TypeReference<>() {};

  private final Jdbi jdbi;
  private final RecordingDigests digests;

  @Inject
  public SessionIndexes(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.digests = new RecordingDigests(jdbi);
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionIndexes() {
    this.jdbi = null;
    this.digests = null;
  }

  private record Due(
      ProjectId project, SessionId session, Instant startedAt, @Nullable String eventsKey) {

    RecordingDigests.Recording recording() {
      SessionId recorded = EventsObjectKey.sessionOf(project, eventsKey).orElse(session);
      return new RecordingDigests.Recording(project, recorded, startedAt);
    }
  }

  /** A row of the digests in {@link #STORE}. */
  private record Row(
      ProjectId project,
      SessionId session,
      SessionId recorded,
      List<PageVisit> pages,
      List<IdlePeriod> idle) {}

  /**
   * Indexes some of the sessions that have ended, in the caller's transaction, and says whether
   * they are of use.
   *
   * @return how many; zero when there are none, or others are at them
   */
  int indexSome() {
    return jdbi.withHandle(
        handle -> {
          List<Due> due = due(handle);
          if (!due.isEmpty()) {
            store(handle, due);
          }
          return due.size();
        });
  }

  /** Empty while the session records, or waits for this. */
  public Optional<Digest> find(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("project", project)
                .bind("session", session)
                .map(
                    (row, context) ->
                        new Digest(
                            Json.read(row.getString("pages"), PAGES),
                            Json.read(row.getString("idle"), IDLE)))
                .findOne());
  }

  private static List<Due> due(Handle handle) {
    return handle
        .createQuery(DUE)
        .bind("limit", BATCH)
        .map(
            (row, context) ->
                new Due(
                    new ProjectId(row.getString("project_id")),
                    new SessionId(row.getString("id")),
                    row.getTimestamp("started_at").toInstant(),
                    row.getString("events_object_key")))
        .list();
  }

  private void store(Handle handle, List<Due> due) {
    Map<RecordingDigests.Recording, Digest> known =
        digests.of(due.stream().map(Due::recording).collect(Collectors.toSet()));
    String rows =
        Json.write(
            due.stream()
                .map(
                    session -> {
                      Digest digest = known.getOrDefault(session.recording(), Digest.NOTHING);
                      return new Row(
                          session.project(),
                          session.session(),
                          session.recording().session(),
                          digest.pages(),
                          digest.idlePeriods());
                    })
                .toList());
    handle
        .createUpdate(STORE)
        .bind("digests", rows)
        .bind("maxText", MAX_TEXT)
        .bind("maxEvents", MAX_EVENTS)
        .execute();
    handle.createUpdate(DONE).bind("digests", rows).execute();
  }
}
