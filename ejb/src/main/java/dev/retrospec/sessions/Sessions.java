package dev.retrospec.sessions;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The stored sessions. All methods take part in the caller's transaction. */
@ApplicationScoped
public class Sessions {

  /**
   * Sums grow; times follow their extent; told facts replace older ones. A session that had ended
   * records again when another chunk comes. The reasons are the client's own words, but for one:
   * {@code summed_counts} keeps the fifty heaviest, because each chunk could bring new ones. {@code
   * slots} holds how many numbers each window has used, and {@code chunks_expected} their sum;
   * {@code parted} is the same as {@code slots} when the last chunk of each said goodbye.
   *
   * <p>The last column is found after the row has been written, in a snapshot of its own: an
   * erasure that comes at the same moment either sees the row or is seen here.
   */
  private static final String RECORD =
      """
      insert into session as s
        (project_id, id, site, route, url, started_at, ended_at, duration_ms, events_object_key,
         status, user_id, anonymous_id, org, release, first_release, environment, user_agent, browser, os, device,
         viewport_width, viewport_height, experiment, tags, chunk_count, event_count, stored_bytes,
         slots, parted, chunks_expected, dropped, throttled, reduced, masked, maskable, assets_missing,
         clock_jumps, created_at, updated_at)
      values
        (:project, :session, :site, coalesce(:route, '/'), :url, :startedAt, :endedAt,
         :spanMs, :eventsObjectKey, :status, :userId, :anonymousId, :org,
         :release, :release, :environment, :userAgent, :browser, :os, :device, :viewportWidth,
         :viewportHeight, cast(:experiment as jsonb), cast(:tags as text[]), :chunks, :events,
         :storedBytes, case when :slotEnd = 0 then '{}' else jsonb_build_object(:slot, :slotEnd) end,
         case when :parting then jsonb_build_object(:slot, :slotEnd) else '{}' end,
         :slotEnd, cast(:dropped as jsonb), :throttled, cast(:reduced as jsonb), :masked, :maskable,
         :assetsMissing, :clockJumps, :now, :now)
      on conflict (project_id, id) do update set
        site = excluded.site,
        route = coalesce(:route, s.route),
        url = coalesce(excluded.url, s.url),
        (started_at, ended_at, duration_ms) = (
          select starts, ends, round(1000 * extract(epoch from ends - starts)) from (select
            case :extent when 'REPORTED' then excluded.started_at
              when 'OBSERVED' then least(s.started_at, excluded.started_at)
              else s.started_at end as starts,
            case :extent when 'REPORTED' then excluded.ended_at
              when 'OBSERVED' then greatest(s.ended_at, excluded.ended_at)
              else s.ended_at end as ends) as extent),
        events_object_key = coalesce(excluded.events_object_key, s.events_object_key),
        status = excluded.status,
        status_reason = null,
        index_due = true,
        user_id = coalesce(excluded.user_id, s.user_id),
        anonymous_id = coalesce(excluded.anonymous_id, s.anonymous_id),
        org = coalesce(excluded.org, s.org),
        release = coalesce(excluded.release, s.release),
        first_release = coalesce(s.first_release, s.release, excluded.release),
        environment = coalesce(excluded.environment, s.environment),
        user_agent = coalesce(excluded.user_agent, s.user_agent),
        browser = coalesce(excluded.browser, s.browser),
        os = coalesce(excluded.os, s.os),
        device = coalesce(excluded.device, s.device),
        viewport_width = coalesce(excluded.viewport_width, s.viewport_width),
        viewport_height = coalesce(excluded.viewport_height, s.viewport_height),
        experiment = coalesce(excluded.experiment, s.experiment),
        tags = case when s.tags_by_people or excluded.tags = '{}' then s.tags
          else excluded.tags end,
        chunk_count = s.chunk_count + excluded.chunk_count,
        event_count = s.event_count + excluded.event_count,
        stored_bytes = s.stored_bytes + excluded.stored_bytes,
        slots = case when :slotEnd > coalesce(cast(s.slots ->> :slot as integer), 0)
          then s.slots || excluded.slots else s.slots end,
        parted = case when :parting
            and :slotEnd > coalesce(cast(s.parted ->> :slot as integer), 0)
          then s.parted || excluded.parted else s.parted end,
        chunks_expected = s.chunks_expected
          + greatest(0, :slotEnd - coalesce(cast(s.slots ->> :slot as integer), 0)),
        dropped = case when excluded.dropped = '{}' then s.dropped
          else summed_counts(s.dropped, excluded.dropped) end,
        throttled = s.throttled + excluded.throttled,
        reduced = case when excluded.reduced = '{}' then s.reduced
          else summed_counts(s.reduced, excluded.reduced) end,
        masked = s.masked + excluded.masked,
        maskable = s.maskable + excluded.maskable,
        assets_missing = s.assets_missing + excluded.assets_missing,
        clock_jumps = s.clock_jumps + excluded.clock_jumps,
        updated_at = excluded.updated_at
      returning user_id, anonymous_id, marker_count, is_erased_session(project_id, id), release
      """;

  private static final String LABEL =
      """
      update session set
        tags = case when :hasTags then cast(:tags as text[]) else tags end,
        tags_by_people = tags_by_people or :hasTags,
        links = coalesce(cast(:links as jsonb), links)
      where project_id = :project and id = :session
      """;

  private static final String END_IDLE =
      """
      update session set status = 'processing'
      where (project_id, id) in (
        select project_id, id from session
        where status = 'recording'
          and (updated_at <= :silent or (updated_at <= :left and parted = slots and slots <> '{}'))
        order by updated_at
        limit :limit
        for update skip locked)
      """;

  private final Jdbi jdbi;

  @Inject
  public Sessions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected Sessions() {
    this.jdbi = null;
  }

  /**
   * Creates the session or adds to it. Other requests about the same session wait until the
   * caller's transaction ends; those about other sessions do not.
   *
   * @return what is known about the session now
   * @throws SessionErased when it was erased; the caller's transaction must not be committed
   */
  public RecordedSession record(
      ProjectId project,
      SessionId session,
      SessionFacts facts,
      SessionGrowth growth,
      SessionStatus status,
      Instant now) {
    return jdbi.withHandle(
        handle -> {
          Query query = handle.createQuery(RECORD);
          bind(query, facts);
          bind(query, growth);
          return query
              .bind("project", project)
              .bind("session", session)
              .bind("status", status.wireName())
              .bind("now", now)
              .map((row, context) -> recorded(row, session))
              .one()
              .orElseThrow(SessionErased::new);
        });
  }

  /**
   * Sets what people put on a session, in the place of what was.
   *
   * @param tags null leaves them
   * @param links null leaves them
   * @return false when there is no such session
   */
  boolean label(
      ProjectId project,
      SessionId session,
      @Nullable List<String> tags,
      @Nullable List<SessionLink> links) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(LABEL)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("hasTags", tags != null)
                    .bindArray("tags", String.class, tags == null ? List.of() : tags)
                    .bind("links", links == null ? null : Json.write(links))
                    .execute()
                == 1);
  }

  /**
   * Ends recording sessions that nothing was written to since {@code silent}, and of those whose
   * windows have all said goodbye, since {@code left}; the longest silent first.
   *
   * @return how many; those that another request is at are left out
   */
  int endIdle(Instant silent, Instant left, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(END_IDLE)
                .bind("silent", silent)
                .bind("left", left)
                .bind("limit", limit)
                .execute());
  }

  /** Empty when the session was erased. */
  private static Optional<RecordedSession> recorded(ResultSet row, SessionId session)
      throws SQLException {
    return row.getBoolean(4)
        ? Optional.empty()
        : Optional.of(
            new RecordedSession(
                Visitor.of(row.getString(1), row.getString(2), session),
                row.getInt(3),
                row.getString(5)));
  }

  private static void bind(Query query, SessionFacts facts) {
    UserAgent browser = facts.browser() == null ? new UserAgent(null, null, null) : facts.browser();
    query
        .bind("site", facts.site())
        .bind("route", facts.route())
        .bind("url", facts.url())
        .bind("startedAt", facts.startedAt())
        .bind("endedAt", facts.endedAt())
        .bind("extent", facts.extent().name())
        .bind("spanMs", facts.endedAt().toEpochMilli() - facts.startedAt().toEpochMilli())
        .bind("eventsObjectKey", facts.eventsObjectKey())
        .bind("userId", facts.userId())
        .bind("anonymousId", facts.anonymousId())
        .bind("org", facts.org())
        .bind("release", facts.release())
        .bind("environment", facts.environment())
        .bind("userAgent", facts.userAgent())
        .bind("browser", browser.browser())
        .bind("os", browser.os())
        .bind("device", browser.device())
        .bind("viewportWidth", facts.viewportWidth())
        .bind("viewportHeight", facts.viewportHeight())
        .bind("experiment", facts.experimentJson())
        .bindArray("tags", String.class, facts.tags());
  }

  private static void bind(Query query, SessionGrowth growth) {
    ChunkNumber number = growth.number();
    RecorderCounts counts = growth.counts();
    query
        .bind("chunks", growth.chunks())
        .bind("events", growth.events())
        .bind("storedBytes", growth.storedBytes())
        .bind("slot", Integer.toString(number == null ? 0 : number.slot()))
        .bind("parting", growth.parting())
        .bind("slotEnd", number == null ? 0 : number.place() + 1)
        .bind("dropped", Json.write(counts.dropped()))
        .bind("throttled", counts.throttled())
        .bind("reduced", Json.write(counts.reduced()))
        .bind("masked", counts.masked())
        .bind("maskable", counts.maskable())
        .bind("assetsMissing", counts.assetsMissing())
        .bind("clockJumps", counts.clockJumps());
  }
}
