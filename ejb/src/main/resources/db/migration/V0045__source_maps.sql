-- Source maps of a project's builds. One row for each debug id, with the releases that it is part of;
-- without a debug id one for each release and address. The map itself is an object of the store.
create table source_map (
  project_id   text not null references project on delete cascade,
  id           text not null,
  debug_id     text,
  url          text, -- path of the script, as it was told
  file_name    text not null, -- its last part; empty when no address was told
  releases     text[] not null,
  sha256       bytea not null, -- of the map as it is kept
  size_bytes   bigint not null,
  stored_bytes bigint not null,
  sources      integer not null,
  mappings     integer not null,
  object_key   text not null unique,
  uploaded_at  timestamptz not null,
  last_seen_at timestamptz not null, -- an upload, a session of its release, or an error; to the day
  primary key (project_id, id)
);
create unique index source_map_debug_id on source_map (project_id, debug_id) where debug_id is not null;
create unique index source_map_address on source_map (project_id, url, (releases[1])) where debug_id is null;
create index source_map_file on source_map (project_id, file_name);
create index source_map_uploaded on source_map (project_id, uploaded_at desc, id desc);
create index source_map_last_seen on source_map (last_seen_at);

-- Originals of stacks that were seen: only the first sight of a stack takes the way over a job.
-- Holds names and places of the site's code, and nothing that a visitor said.
create table original_stack (
  project_id   text not null references project on delete cascade,
  stack_key    text not null, -- of the lines, the debug ids and the release
  lines        jsonb not null, -- by line below the header; null where no map tells anything
  complete     boolean not null, -- whether no later map could tell more
  maps         text[] not null,
  last_seen_at timestamptz not null,
  primary key (project_id, stack_key)
);
create index original_stack_incomplete on original_stack (project_id) where not complete;
create index original_stack_last_seen on original_stack (last_seen_at);
