-- What people said of two keys: one failure, or not. Aliases and pins are how it is kept up; this is what was said, and
-- it holds for whatever the keys lead to, also when newer rules give the failures other keys.
create table cluster_constraint (
  project_id text not null references project on delete cascade,
  one_key    text not null, -- the two in their order, so that a pair stands once
  other_key  text not null,
  kind       text not null check (kind in ('must_link', 'cannot_link')),
  note       text,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (project_id, one_key, other_key),
  check (one_key < other_key)
);
create index cluster_constraint_other on cluster_constraint (project_id, other_key);

insert into cluster_constraint (project_id, one_key, other_key, kind, note, created_by, created_at)
select project_id, least(source_key, target_key), greatest(source_key, target_key), 'must_link', note, created_by,
       created_at
from cluster_alias where source_key <> target_key
on conflict do nothing;
insert into cluster_constraint (project_id, one_key, other_key, kind, note, created_at)
select project_id, least(source_key, target_key), greatest(source_key, target_key), 'cannot_link', min(note),
       min(created_at)
from cluster_pin where source_key <> target_key
group by project_id, source_key, target_key
on conflict do nothing;

-- A look at all markers of a project by the rules of now, or their move there; done in slices by a worker.
create table regroup_run (
  project_id  text not null references project on delete cascade,
  id          text not null,
  dry_run     boolean not null,
  state       text not null check (state in ('waiting', 'reading', 'moving', 'done', 'failed')),
  -- Behind the last marker that has been read, or moved.
  at_session  text not null default '',
  at_marker   text not null default '',
  markers     bigint not null default 0, -- read so far
  moved       bigint not null default 0,
  report      jsonb,
  failure     text,
  created_by  text,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (project_id, id)
);
create unique index regroup_run_one on regroup_run (project_id) where state in ('waiting', 'reading', 'moving');

-- Where the markers of a cluster would go: what a report is made of, and what a real run decides by.
create table regroup_part (
  project_id text not null,
  run_id     text not null,
  cluster    text not null, -- where the markers are
  before     text not null, -- their fingerprint
  now        text not null, -- what it would be
  markers    bigint not null,
  label      text not null, -- of one of them
  successor  text, -- where the cluster goes, once that is decided
  primary key (project_id, run_id, cluster, before, now),
  foreign key (project_id, run_id) references regroup_run on delete cascade
);
