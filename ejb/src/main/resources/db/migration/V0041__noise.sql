-- The rule of the project that says a marker is noise: it stays in its session, and no cluster counts it.
alter table error_marker add column noise text;
create index error_marker_noise on error_marker (project_id, noise) where noise is not null;

-- What a project says of noise, beside the rules that come with RetroSpec: [{name, on, pattern, enabled}].
create table noise_rules (
  project_id text primary key references project on delete cascade,
  version    integer not null,
  rules      jsonb not null,
  updated_at timestamptz not null default now()
);
