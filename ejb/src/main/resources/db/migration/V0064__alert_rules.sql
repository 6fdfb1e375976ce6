-- Who is told of what, as a project decides it.
create table alert_rule (
  project_id text not null references project on delete cascade,
  id         text not null,
  name       text not null,
  enabled    boolean not null,
  settings   jsonb not null, -- events, filter, group, cooldown, quiet hours
  channels   jsonb not null, -- each with what may be shown of it, and its secrets sealed
  version    integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (project_id, id)
);
