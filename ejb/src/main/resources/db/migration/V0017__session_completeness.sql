-- What a recording lacks stands with its session, so that a list can be filtered by it. Each window of a
-- session numbers its chunks in a slot of its own: seq = slot * 65,536 + n.

-- The fifty heaviest reasons of both; what comes to nothing is left out.
create function summed_counts(a jsonb, b jsonb) returns jsonb language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(reason, n), '{}') from (
    select reason, sum(n::bigint) as n
    from (select * from jsonb_each_text(a) union all select * from jsonb_each_text(b)) as each(reason, n)
    group by reason having sum(n::bigint) <> 0
    order by 2 desc, 1 limit 50) as summed
$$;

alter table session
  add column slots           jsonb not null default '{}', -- from slot to how many numbers it has used
  add column chunks_expected integer not null default 0,  -- their sum
  add column chunks_omitted  integer not null default 0,  -- came, and were let go by the project's policy
  add column reduced         jsonb not null default '{}',
  add column maskable        bigint not null default 0,
  add column assets_missing  bigint not null default 0,
  add column clock_jumps     bigint not null default 0;

update session s set slots = used.slots, chunks_expected = used.expected
from (
  select project_id, session_id, jsonb_object_agg(slot::text, n) as slots, sum(n) as expected
  from (
    select project_id, session_id, seq / 65536 as slot, max(seq) % 65536 + 1 as n
    from recording_chunk group by 1, 2, 3) as windows
  group by 1, 2) as used
where s.project_id = used.project_id and s.id = used.session_id;

-- The same judgement as Completeness: nothing was lost. The unlisted entries of a timeline are in the replay.
alter table session add column complete boolean not null generated always as (
  chunks_expected <= chunk_count and dropped - 'timeline' = '{}' and assets_missing = 0) stored;

create index session_incomplete on session (project_id, started_at desc, id desc) where not complete;
