package dev.retrospec.sessions;

import dev.retrospec.ids.ChunkNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/**
 * Sessions of projects with the policy {@code ring}: of each the last minutes are kept while it
 * records, cut where a replay can begin. Safe on several nodes.
 */
@ApplicationScoped
public class SessionRings {

  /** What is kept at least. */
  public static final Duration KEPT = Duration.ofMinutes(10);

  /** Their rows are held while chunks of theirs are deleted, and new ones wait. */
  private static final int BATCH = 200;

  /**
   * A window that was left before the kept minutes goes whole; of another one, the chunks before
   * the last full snapshot that is not later than their beginning. The chunk's number and hash
   * stay. One that came again at the very moment when it was let go counts once.
   */
  private static final String PRUNE =
      """
      with ring as (
        select s.project_id, s.id, s.ended_at - :kept * interval '1 ms' as horizon
        from session s
        join recording_rules r on r.project_id = s.project_id and r.policy = 'ring'
        where s.status = 'recording' and s.events_object_key is null
          and not exists (select from recording_chunk i
            where i.project_id = s.project_id and i.session_id = s.id and i.reason = 'import')
          and exists (select from recording_chunk c
            where c.project_id = s.project_id and c.session_id = s.id
            group by c.seq / :slotSize
            having max(c.last_event_at) < s.ended_at - :kept * interval '1 ms'
              or min(c.seq) filter (where c.last_event_at < s.ended_at - :kept * interval '1 ms')
                < max(c.seq) filter (where c.has_full_snapshot
                    and c.first_event_at <= s.ended_at - :kept * interval '1 ms'))
        limit :limit
        for update of s skip locked),
      slots as (
        select r.project_id, r.id, r.horizon, c.seq / :slotSize as slot,
          max(c.last_event_at) < r.horizon as left_before,
          max(c.seq) filter (where c.has_full_snapshot and c.first_event_at <= r.horizon) as cut
        from ring r
        join recording_chunk c on c.project_id = r.project_id and c.session_id = r.id
        group by 1, 2, 3, 4),
      gone as (
        delete from recording_chunk c using slots w
        where c.project_id = w.project_id and c.session_id = w.id
          and c.seq / :slotSize = w.slot and c.last_event_at < w.horizon
          and (w.left_before or c.seq < w.cut)
        returning c.project_id, c.session_id, c.seq, c.sha256, c.received_at, c.event_count,
          c.stored_bytes),
      payload as (
        delete from recording_payload p using gone g
        where (p.project_id, p.session_id, p.seq, p.received_at)
            = (g.project_id, g.session_id, g.seq, g.received_at)),
      timeline as (
        delete from session_event e using gone g
        where e.project_id = g.project_id and e.session_id = g.session_id and e.chunk_seq = g.seq),
      kept as (
        insert into omitted_chunk (project_id, session_id, seq, sha256)
        select project_id, session_id, seq, sha256 from gone
        on conflict do nothing
        returning project_id, session_id, seq)
      update session s set chunks_omitted = s.chunks_omitted + sums.chunks,
        chunk_count = s.chunk_count - sums.again, event_count = s.event_count - sums.events, stored_bytes = s.stored_bytes - sums.bytes
      from (
        select g.project_id, g.session_id, count(k.seq) as chunks,
          count(*) - count(k.seq) as again, sum(g.event_count) as events,
          sum(g.stored_bytes) as bytes
        from gone g left join kept k using (project_id, session_id, seq)
        group by 1, 2) as sums
      where s.project_id = sums.project_id and s.id = sums.session_id
      """;

  private final Jdbi jdbi;

  @Inject
  public SessionRings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionRings() {
    this.jdbi = null;
  }

  /**
   * Lets go what the policy does not keep.
   *
   * @return of how many sessions
   */
  public int prune() {
    int all = 0;
    int pruned;
    do {
      pruned = pruneSome();
      all += pruned;
    } while (pruned > 0);
    return all;
  }

  private int pruneSome() {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(PRUNE)
                .bind("limit", BATCH)
                .bind("kept", KEPT.toMillis())
                .bind("slotSize", ChunkNumber.SLOT_SIZE)
                .execute());
  }
}
