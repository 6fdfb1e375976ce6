-- What is computed once when a session has ended: its pages, its idle periods, and the text that a search
-- looks through, one document for each session. While index_due stands the document is not there or old,
-- and a search reads the events themselves.
alter table session
  add column status_reason text,                     -- why it failed
  add column parted        jsonb not null default '{}', -- as slots, for windows whose last chunk said goodbye
  add column index_due     boolean not null default true,
  add column rage_count    integer not null default 0,
  add column dead_count    integer not null default 0;

update session s set rage_count = counted.rage, dead_count = counted.dead
from (
  select project_id, session_id,
    count(*) filter (where subkind = 'rage_click') as rage, count(*) filter (where subkind = 'dead_click') as dead
  from error_marker where subkind in ('rage_click', 'dead_click') group by 1, 2) as counted
where s.project_id = counted.project_id and s.id = counted.session_id;

-- Holds the sessions that record now: index_due stays as it is from the first chunk to the end.
create index session_due on session (project_id, started_at desc, id desc) where index_due;

create table session_index (
  project_id text not null,
  session_id text not null,
  started_at timestamptz not null,
  pages      jsonb not null,
  idle       jsonb not null,
  text       text not null, -- lower case, a line for each different thing that was said
  primary key (project_id, session_id),
  foreign key (project_id, session_id) references session on delete cascade
);
create index session_index_recent on session_index (project_id, started_at desc, session_id desc);

-- Both come with PostgreSQL and may be created by a database's owner. Where they are missing a search
-- finds the same, only later: it walks all documents.
do $$ begin
  create extension if not exists btree_gin;
  create extension if not exists pg_trgm;
  create index session_index_text on session_index using gin (project_id, text gin_trgm_ops);
exception when undefined_file or insufficient_privilege or feature_not_supported then
  raise notice 'No index for texts of sessions: %', sqlerrm;
end $$;
