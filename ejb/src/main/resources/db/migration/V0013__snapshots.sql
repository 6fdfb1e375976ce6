-- Pages as a browser showed them when tests failed.
create table snapshot (
  project_id     text not null,
  id             uuid not null,
  test_run_id    uuid not null, -- no foreign key: the snapshot is often there before the run
  url            text not null, -- as asked for while it is pending, scrubbed after
  viewport       jsonb not null, -- {"width":…,"height":…}
  wait_for       jsonb not null default '{}', -- {"selector":…,"timeoutMs":…}
  status         text not null default 'pending' check (status in ('pending', 'ready', 'failed')),
  failure_code   text check (failure_code in ('address_refused', 'capture_failed', 'no_browser')),
  failure        text, -- in words
  user_agent     text,
  objects        jsonb not null default '{}', -- {"screenshot":{"key":…,"sizeBytes":…},…}
  created_at     timestamptz not null,
  taken_at       timestamptz,
  primary key (project_id, id)
);
create index snapshot_of_run on snapshot (project_id, test_run_id, created_at);
create index snapshot_age on snapshot (created_at);

-- Where a project's snapshots may go: hosts, addresses and networks, with a port where it is not
-- 80 or 443.
create table snapshot_address (
  project_id text not null references project on delete cascade,
  pattern    text not null,
  created_at timestamptz not null,
  primary key (project_id, pattern)
);
