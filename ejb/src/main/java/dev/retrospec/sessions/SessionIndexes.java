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
import java.util.Optional;
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

  /** Of which failures may take a part, so that there is room for what was said. */
  private static final int MAX_FAILURES = MAX_TEXT / 4;

  /** Of which failures are made; a page in a loop has more. */
  private static final int MAX_MARKERS = 2_000;

  /** What lasts longer is not waited for: a late chunk waits for the session's row. */
  private static final String TIMEOUT = "select set_config('statement_timeout', '5s', true)";

  /** Those that began last come first: an older one is not waited for. */
  private static final String DUE =
      """
      select project_id, id from session
      where index_due and status <> 'recording'
      order by started_at desc limit :limit
      """;

  private static final String CLAIM =
      """
      select started_at, events_object_key from session
      where project_id = :project and id = :session and index_due and status <> 'recording'
      for update skip locked
      """;

  /**
   * Each different thing that was said, in the order in which it was said first. A click without a
   * label says nothing.
   */
  private static final String STORE =
      """
      insert into session_index (project_id, session_id, started_at, pages, idle, text)
      select s.project_id, s.id, s.started_at, cast(:pages as jsonb), cast(:idle as jsonb),
        left(lower(concat_ws(E'\n', s.url, left(said.failures, :maxFailures), said.events)),
          :maxText)
      from session s
      cross join lateral (select
        (select string_agg(distinct concat_ws(E'\n', label, evidence), E'\n') from (
          select label, evidence from error_marker
          where project_id = s.project_id and session_id = s.id
          order by id limit :maxMarkers) as marker) as failures,
        (select string_agg(text, E'\n' order by first, text) from (
          select text, min(at) as first from (
            select text, at from session_event
            where project_id = s.project_id and session_id = :recorded
              and not (kind = 'click' and text like 'node %')
            order by chunk_seq, ordinal limit :maxEvents) as said
          group by text) as once) as events) as said
      where s.project_id = :project and s.id = :session
      on conflict (project_id, session_id) do update set
        started_at = excluded.started_at, pages = excluded.pages, idle = excluded.idle,
        text = excluded.text
      """;

  /** Only who was still at work can fail: what a client reported as a whole is what it is. */
  private static final String DONE =
      """
      update session s set index_due = false, index_tries = 0,
        status = case when s.status <> 'processing' then s.status
          when judged.reason is null then 'ready' else 'failed' end,
        status_reason = case when s.status = 'processing' then judged.reason end
      from (
        select case
          when not exists (select from recording_chunk where project_id = :project
            and session_id = :recorded and event_count > 0) then 'no_events'
          when not exists (select from recording_chunk where project_id = :project
            and session_id = :recorded and has_full_snapshot) then 'no_full_snapshot'
          end as reason) as judged
      where s.project_id = :project and s.id = :session
      """;

  /** By the same rule; what an older document says is no longer so. */
  private static final String GIVE_UP =
      """
      with given_up as (
        update session set index_due = false, index_tries = 0,
          status_reason = case when status = 'processing' then 'not_indexable' end,
          status = case when status = 'processing' then 'failed' else status end
        where project_id = :project and id = :session and index_due and status <> 'recording'
        returning project_id, id)
      delete from session_index i using given_up g
      where i.project_id = g.project_id and i.session_id = g.id
      """;

  private static final String TRIED =
      """
      update session set index_tries = index_tries + 1
      where project_id = :project and id = :session and index_due and status <> 'recording'
      returning index_tries
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

  /** A session that has ended and is not indexed yet. */
  record Due(ProjectId project, SessionId session) {}

  private record Claimed(Instant startedAt, @Nullable String eventsKey) {}

  /** What is to be indexed, at most so many. */
  List<Due> due(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DUE)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Due(
                            new ProjectId(row.getString("project_id")),
                            new SessionId(row.getString("id"))))
                .list());
  }

  /**
   * Indexes one session, in the caller's transaction, and says whether it is of use.
   *
   * @return false when it was done meanwhile, or others are at it
   */
  boolean index(Due due) {
    return jdbi.withHandle(
        handle -> {
          handle.createQuery(TIMEOUT).mapTo(String.class).one();
          Optional<Claimed> claimed = claim(handle, due);
          claimed.ifPresent(session -> store(handle, due, session));
          return claimed.isPresent();
        });
  }

  /** Leaves a session that cannot be indexed as it is, and says so where that is its end. */
  void giveUp(Due due) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(GIVE_UP)
                .bind("project", due.project())
                .bind("session", due.session())
                .execute());
  }

  /**
   * Counts that a session could not be indexed this time.
   *
   * @return how often by now; 0 when it is not due any more
   */
  int tried(Due due) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TRIED)
                .bind("project", due.project())
                .bind("session", due.session())
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
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

  private static Optional<Claimed> claim(Handle handle, Due due) {
    return handle
        .createQuery(CLAIM)
        .bind("project", due.project())
        .bind("session", due.session())
        .map(
            (row, context) ->
                new Claimed(
                    row.getTimestamp("started_at").toInstant(), row.getString("events_object_key")))
        .findOne();
  }

  private void store(Handle handle, Due due, Claimed session) {
    SessionId recorded =
        EventsObjectKey.sessionOf(due.project(), session.eventsKey()).orElse(due.session());
    Digest digest = digests.of(due.project(), recorded, session.startedAt());
    handle
        .createUpdate(STORE)
        .bind("project", due.project())
        .bind("session", due.session())
        .bind("recorded", recorded)
        .bind("pages", Json.write(digest.pages()))
        .bind("idle", Json.write(digest.idlePeriods()))
        .bind("maxText", MAX_TEXT)
        .bind("maxFailures", MAX_FAILURES)
        .bind("maxMarkers", MAX_MARKERS)
        .bind("maxEvents", MAX_EVENTS)
        .execute();
    handle
        .createUpdate(DONE)
        .bind("project", due.project())
        .bind("session", due.session())
        .bind("recorded", recorded)
        .execute();
  }
}
