create table session_artifact (
  id            text primary key,
  project_id    text not null,
  session_id    text not null,
  artifact_type text not null,
  artifact_key  text not null,
  trigger_kind  text not null,
  status        text not null check (status in ('ready', 'failed', 'skipped')),
  reason        text, -- why it is not ready
  windows       jsonb not null default '[]',
  generated_at  timestamptz not null,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  unique (project_id, session_id, artifact_type),
  foreign key (project_id, session_id) references session on delete cascade
);
-- The sweep of orphaned objects asks by key.
create index session_artifact_object on session_artifact (artifact_key);

create table report_card (
  id                   text primary key,
  project_id           text not null,
  session_id           text not null,
  status               text not null check (status in ('pending', 'ready', 'failed', 'discarded')),
  symptom              text not null default '',
  technical_root_cause text not null default '',
  suggested_fix        text not null default '',
  text_summary         text not null default '',
  visual_summary       text not null default '',
  confidence           double precision not null default 0 check (confidence between 0 and 1),
  evidence             jsonb not null default '[]', -- [{atMs, text}]: each sentence's moment in the replay
  generated_at         timestamptz,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  unique (project_id, session_id),
  foreign key (project_id, session_id) references session on delete cascade
);
