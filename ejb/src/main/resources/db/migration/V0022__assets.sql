-- Pictures, fonts and style sheets of recorded pages, as the visitors' browsers had them. An object
-- of the store for each content; which address showed it is told session by session.
create table asset (
  project_id   text not null,
  sha256       bytea not null,
  media_type   text not null,
  size_bytes   integer not null,
  object_key   text not null unique,
  last_seen_at timestamptz not null,
  primary key (project_id, sha256)
);
create index asset_last_seen on asset (last_seen_at);

create table session_asset (
  project_id text not null,
  session_id text not null,
  url        text not null,
  sha256     bytea not null,
  created_at timestamptz not null,
  primary key (project_id, session_id, url)
);
create index session_asset_content on session_asset (project_id, sha256);
create index session_asset_created on session_asset (created_at);
