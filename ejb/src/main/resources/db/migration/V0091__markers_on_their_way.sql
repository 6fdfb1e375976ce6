-- Markers that go from one cluster to another because somebody said so, more than are moved at once.
create table marker_transfer (
  project_id   text not null references project on delete cascade,
  source_key   text not null,
  target_key   text not null,
  fingerprints text[], -- of the part that is taken out; null: all, the source was merged into the target
  -- Behind the last marker that was looked at; the second look finds what was taken in meanwhile.
  at_session   text not null default '',
  at_marker    text not null default '',
  second_look  boolean not null default false,
  moved        bigint not null default 0,
  failure      text, -- why it stopped; null while it is under way
  created_by   text,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (project_id, source_key, target_key)
);

-- Markers that are elsewhere than their content says: the parts of a cluster, few among all markers.
create index error_marker_joined on error_marker (project_id, cluster_key, fingerprint)
  where fingerprint <> cluster_key;
