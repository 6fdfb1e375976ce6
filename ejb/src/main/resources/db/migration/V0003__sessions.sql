-- A session is keyed by project and the id that the browser minted: the same id under two projects is two sessions.
-- No foreign key to project here nor in the other tables that every request writes: each insert would take a
-- share lock on one and the same project row, and a project's key has been checked when the row is written.
create table session (
  project_id        text not null,
  id                text not null,
  site              text not null,
  route             text not null,
  started_at        timestamptz not null,
  ended_at          timestamptz not null,
  duration_ms       bigint not null,
  events_object_key text,
  status            text not null default 'recording' check (status in ('recording', 'processing', 'ready', 'failed')),
  user_id           text,
  anonymous_id      text,
  org               text,
  release           text,
  environment       text,
  user_agent        text,
  browser           text,
  os                text,
  device            text,
  viewport_width    integer,
  viewport_height   integer,
  url               text,
  experiment        jsonb,
  tags              text[] not null default '{}',
  event_count       bigint not null default 0,
  stored_bytes      bigint not null default 0,
  chunk_count       integer not null default 0,
  marker_count      integer not null default 0,
  error_count       integer not null default 0,
  dropped           jsonb not null default '{}',
  throttled         bigint not null default 0,
  masked            bigint not null default 0,
  created_at        timestamptz not null default now(), -- server receive time: the only clock retention trusts
  updated_at        timestamptz not null default now(),
  primary key (project_id, id)
) with (fillfactor = 80); -- room for the updates that come with each chunk
create index session_recent on session (project_id, started_at desc, id desc);
create index session_by_user on session (project_id, user_id, started_at desc) where user_id is not null;
create index session_created on session (created_at);
-- Not by updated_at: while no indexed column changes, a chunk's update touches no index (heap-only tuples).
-- Ending silent sessions reads and sorts the few that are recording, once a minute.
create index session_open on session (created_at) where status = 'recording';

create table error_marker (
  project_id       text not null,
  session_id       text not null,
  id               text not null,
  kind             text not null check (kind in ('validation_failed', 'api_error', 'js_exception', 'ui_no_effect')),
  subkind          text,
  cluster_key      text not null,
  hint             text,
  label            text not null,
  evidence         text,
  route            text not null,
  replay_offset_ms bigint not null,
  error            jsonb,
  request          jsonb,
  element          jsonb,
  observed_at      timestamptz not null,
  created_at       timestamptz not null default now(),
  primary key (project_id, session_id, id),
  foreign key (project_id, session_id) references session on delete cascade
);
create index error_marker_cluster on error_marker (project_id, cluster_key, session_id);
create index error_marker_recent on error_marker (project_id, created_at);

-- What can be searched and listed beside the replay: console, network, custom events, navigation, clicks.
create table session_event (
  project_id text not null,
  session_id text not null,
  chunk_seq  integer not null,
  ordinal    integer not null,
  at         timestamptz not null,
  kind       text not null,
  level      text,
  text       text not null,
  data       jsonb,
  primary key (project_id, session_id, chunk_seq, ordinal),
  foreign key (project_id, session_id) references session on delete cascade
    deferrable initially deferred -- a chunk comes before its session's row
);
