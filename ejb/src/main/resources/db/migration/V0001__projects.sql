-- Projects, their keys (hashes only) and the rules their recorders follow.
create table project (
  id         text primary key,
  name       text not null,
  site       text not null,
  created_at timestamptz not null default now()
);

create table api_key (
  id           text primary key,
  project_id   text not null references project on delete cascade,
  label        text not null,
  scope        text not null check (scope in ('ingest', 'secret')),
  key_hash     bytea not null unique,
  created_at   timestamptz not null default now(),
  revoked_at   timestamptz,
  last_used_at timestamptz
);
create index api_key_project on api_key (project_id, created_at);

create table recording_rules (
  project_id        text primary key references project on delete cascade,
  version           integer not null default 1,
  enabled           boolean not null default true,
  sample_rate       double precision not null default 1 check (sample_rate between 0 and 1),
  policy            text not null default 'continuous' check (policy in ('continuous', 'ring', 'buffer')),
  privacy_level     text not null default 'balanced' check (privacy_level in ('strict', 'balanced', 'minimal')),
  private_selectors text[] not null default '{}',
  excluded_pages    text[] not null default '{}',
  updated_at        timestamptz not null default now()
);

insert into project (id, name, site) values ('proj_default', 'Default project', 'default');
insert into recording_rules (project_id) values ('proj_default');
