-- What failed in CI, one row for each failure however often it was seen.
create table failure_pattern (
  project_id       text not null references project on delete cascade,
  id               text not null,
  summary          text not null,
  error_type       text not null,
  error_message    text not null,
  stack_trace      text,
  test_name        text not null, -- where it was seen first
  affected_files   text[] not null default '{}', -- of the failing frames, then changed in the runs that failed
  branches         text[] not null default '{}', -- the latest first
  authors          text[] not null default '{}', -- the latest first
  words            integer[] not null, -- what a search finds it by, mixed with the project's id
  occurrence_count integer not null, -- failing tests, each once for a run
  run_count        integer not null,
  first_seen       timestamptz not null,
  last_seen        timestamptz not null,
  decision         text check (decision in ('product_bug', 'test_bug', 'infrastructure', 'flaky', 'known')),
  decided_by       text,
  decided_at       timestamptz,
  note             text,
  version          integer not null default 0,
  primary key (project_id, id)
);
create index failure_pattern_latest on failure_pattern (project_id, last_seen desc, id desc);
create index failure_pattern_test on failure_pattern (project_id, test_name, last_seen desc, id desc);
create index failure_pattern_decided on failure_pattern (project_id, decision, last_seen desc) where decision is not null;
create index failure_pattern_once on failure_pattern (last_seen) where occurrence_count = 1;
create index failure_pattern_words on failure_pattern using gin (words) with (gin_pending_list_limit = 64);

create table pattern_occurrence (
  project_id  text not null,
  test_run_id text not null, -- a run is deleted before its patterns are forgotten
  test_name   text not null,
  pattern_id  text not null,
  commit_hash text not null,
  branch      text not null,
  author      text not null,
  similarity  double precision not null check (similarity between 0 and 1), -- with what the pattern had been
  seen_at     timestamptz not null,
  primary key (project_id, test_run_id, test_name),
  foreign key (project_id, pattern_id) references failure_pattern on delete cascade
);
create index pattern_occurrence_latest on pattern_occurrence (project_id, pattern_id, seen_at desc);
create index pattern_occurrence_age on pattern_occurrence (seen_at);

-- A pattern and an issue of production are one failure.
create table pattern_issue (
  project_id  text not null,
  pattern_id  text not null,
  cluster_key text not null, -- of an issue that may be deleted before the pattern is
  similarity  double precision not null check (similarity between 0 and 1),
  linked_by   text not null, -- 'match', else who said so
  linked_at   timestamptz not null,
  primary key (project_id, pattern_id, cluster_key),
  foreign key (project_id, pattern_id) references failure_pattern on delete cascade
);
create index pattern_issue_cluster on pattern_issue (project_id, cluster_key);

-- What people said about a pattern and another pattern or an issue: the same failure, or not.
create table pattern_link_rule (
  project_id text not null references project on delete cascade,
  pattern_id text not null,
  other_kind text not null check (other_kind in ('pattern', 'issue')),
  other_id   text not null,
  same       boolean not null,
  raw        double precision, -- the uncalibrated score at that time, to learn from; null when there was none
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (project_id, pattern_id, other_kind, other_id)
);

-- Free text that somebody wants remembered, with whatever belongs to it.
create table memory_entry (
  project_id text not null references project on delete cascade,
  id         text not null,
  text       text not null,
  metadata   jsonb not null default '{}',
  words      integer[] not null,
  embedding  vector not null,
  created_at timestamptz not null,
  primary key (project_id, id)
);
create index memory_entry_newest on memory_entry (project_id, created_at desc);
create index memory_entry_words on memory_entry using gin (words) with (gin_pending_list_limit = 64);

-- How many patterns and entries of a project hold a word.
create table pattern_word (
  project_id text not null references project on delete cascade,
  word       integer not null,
  holders    integer not null,
  primary key (project_id, word)
) with (fillfactor = 80);
