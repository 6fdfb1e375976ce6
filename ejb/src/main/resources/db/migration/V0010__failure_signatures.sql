-- The one memory of failures, of tests and of production alike: what a failure looks like without its accidents.
-- An owner (a pattern, an issue) has a row for each shape in which its failure has been seen, up to a bound. Rows are
-- written once and never updated: an update would write all indexes again.
create table failure_signature (
  project_id text not null references project on delete cascade,
  id         bigint generated always as identity,
  origin     text not null check (origin in ('ci', 'production')),
  owner_id   text not null, -- a pattern's id, an issue's cluster key
  version    integer not null, -- of the rules that made it
  signature  jsonb not null,
  exact_hash text not null,
  terms      integer[] not null, -- and every variant's hash; mixed with the project's id, so that projects do not meet
  embedding  vector, -- of 1536 dimensions, most of them zero; null for the many of a run in which everything failed
  seen_at    timestamptz not null, -- first
  primary key (project_id, id),
  unique (project_id, origin, owner_id, exact_hash)
);
-- Mostly zeros: compressed, a vector takes a tenth of its 6 KB.
alter table failure_signature alter column embedding set storage extended;
create index failure_signature_production on failure_signature (project_id, owner_id) where origin = 'production';
create index failure_signature_exact on failure_signature (project_id, exact_hash);
-- Rows come in hundreds, with dozens of terms each: merged in lumps this takes a tenth of the time. The list of those
-- not yet merged is kept as short as it can be, since every search reads it.
create index failure_signature_terms on failure_signature using gin (terms) with (gin_pending_list_limit = 64);

-- How many signatures of a project hold a term: what is rare says more.
create table signature_term (
  project_id text not null references project on delete cascade,
  term       integer not null, -- as the rules make it
  signatures integer not null,
  primary key (project_id, term)
) with (fillfactor = 80);
create table signature_stock (
  project_id text primary key references project on delete cascade,
  signatures integer not null
) with (fillfactor = 50);

-- The nearest signatures of a project. With the extension by an index over all of them: of half precision where pgvector
-- has it (half the size, and it takes a quarter of the time that an index of sparse vectors takes), else as they are.
-- What is near may belong to other projects: since 0.8 the index goes on until it has enough, or has seen 4,000.
-- Without the extension: by the signs that two vectors share, over the newest only. A distance in SQL takes a
-- millisecond, this a few thousandths.
do $$
declare
  type text := case when to_regtype('halfvec') is null then 'vector' else 'halfvec' end;
  going_on text := '';
begin
  if vectors_are_indexed() then
    execute format(
      'create index failure_signature_nearest on failure_signature using hnsw ((embedding::%1$s(1536)) %1$s_cosine_ops)',
      type);
    if exists (select from pg_settings where name = 'hnsw.iterative_scan') then -- known once an index has been made
      going_on := 'set hnsw.iterative_scan = relaxed_order set hnsw.max_scan_tuples = 4000';
    end if;
    execute format($f$
      create function nearest_signatures(project text, wanted vector, most integer) returns setof bigint
        language sql stable rows 50 %2$s as $q$
        select id from (
          select id from failure_signature where project_id = project
          order by embedding::%1$s(1536) <=> wanted::%1$s(1536) limit 40) nearest
        limit most -- a limit that is not known when it is planned would have all distances computed and sorted
      $q$ $f$, type, going_on);
  else
    create function signs(vector real[]) returns bit varying
      language sql immutable strict parallel safe as $q$
      select string_agg(case when x > 0 then '10' when x < 0 then '01' else '00' end, '' order by place)::bit varying
      from unnest(vector) with ordinality as v(x, place)
    $q$;
    alter table failure_signature add column signs bit varying generated always as (signs(embedding)) stored;
    create function nearest_signatures(project text, wanted vector, most integer) returns setof bigint
      language sql stable rows 50 as $q$
      select n.id
      from (select signs(wanted) as signs offset 0) w,
        lateral (
          select id, signs from failure_signature where project_id = project and signs is not null
          order by id desc limit 2000) n
      order by bit_count(n.signs & w.signs) / sqrt(1 + bit_count(n.signs)) desc limit most
    $q$;
  end if;
end $$;
