-- Runs of a project's tests, passed ones too: without them nobody knows what is new, fixed or flaky.
create table test_run (
  project_id      text not null references project on delete cascade,
  id              text not null, -- a UUID in lower case
  repository      text not null default '',
  commit_hash     text not null,
  branch          text not null,
  job             text not null default '', -- which of the CI's jobs, so that a matrix is not taken for flaky tests
  base_branch     text, -- what the branch is compared with; null: not known
  author          text not null,
  status          text not null check (status in ('passed', 'failed')),
  pr_number       integer,
  git_diff        text, -- scrubbed, and cut when it is very long; test_run_file has all of its files
  source          text not null check (source in ('api', 'report', 'junit')),
  run_url         text, -- where the CI shows it
  snapshot_urls   jsonb not null default '{}', -- as the submitter gave them: screenshot, htmlDump, har, consoleLogs
  only_failures   boolean not null, -- true: what is not listed as failed has passed
  duration_ms     bigint,
  tests           integer not null default 0, -- 0: the submitter named failures only
  failed          integer not null default 0,
  flaky           integer not null default 0,
  skipped         integer not null default 0,
  analysis        text,
  analysis_status text not null default 'none' check (analysis_status in ('none', 'pending', 'ready', 'failed')),
  analysed_by     text, -- 'heuristic' or the model's name
  analysed_at     timestamptz,
  content_hash    text not null,
  idempotency_key text,
  answer          jsonb, -- what the submitter was told; the same content again is told the same
  created_at      timestamptz not null,
  primary key (project_id, id)
);
create index test_run_recent on test_run (project_id, created_at desc, id desc);
create index test_run_branch on test_run (project_id, repository, branch, job, created_at desc);
create index test_run_commit on test_run (project_id, commit_hash);
create index test_run_pr on test_run (project_id, pr_number) where pr_number is not null;
create index test_run_age on test_run (created_at);
create unique index test_run_idempotency on test_run (project_id, idempotency_key) where idempotency_key is not null;

-- The catalogue of tests that exist: only these are ever recommended.
create table test_case (
  id               bigint generated always as identity primary key,
  project_id       text not null references project on delete cascade,
  name             text not null, -- whole name, with class or suite; at most 500 characters
  suite            text not null default '',
  file             text,
  repository       text not null default '', -- of the run that showed it last
  first_seen       timestamptz not null,
  last_seen        timestamptz not null,
  last_failed_at   timestamptz,
  runs             bigint not null default 0, -- in which it was listed and not skipped
  failures         bigint not null default 0, -- of these red, flaky ones included
  flaky            bigint not null default 0, -- red and green on one commit
  failure_rate     double precision not null default 0, -- exponentially smoothed, 0 to 1
  mean_duration_ms double precision, -- exponentially smoothed; null: never told
  unique (project_id, name)
);
create index test_case_rate on test_case (project_id, failure_rate desc, id desc); -- a list begins with what fails most, and goes on behind its last one
create index test_case_flaky on test_case (project_id, flaky desc, id desc) where flaky > 0;
create index test_case_file on test_case (project_id, file) where file is not null;
create index test_case_age on test_case (last_seen);

-- One row for each test and attempt. Of a submitter that names failures only: the failures.
create table test_result (
  project_id   text not null,
  test_run_id  text not null,
  test_case_id bigint not null references test_case on delete cascade,
  attempt      integer not null default 1,
  status       text not null check (status in ('passed', 'failed', 'error', 'skipped', 'flaky')),
  duration_ms  bigint,
  primary key (project_id, test_run_id, test_case_id, attempt),
  foreign key (project_id, test_run_id) references test_run on delete cascade
);
create index test_result_case on test_result (test_case_id);

-- What went red in a run, one row for each test; flaky ones too, which passed when tried again.
create table failed_test (
  id               bigint generated always as identity primary key,
  project_id       text not null,
  test_run_id      text not null,
  test_case_id     bigint not null references test_case on delete cascade,
  position         integer not null, -- in the order of the report
  test_name        text not null,
  error_type       text,
  error_message    text not null,
  stack_trace      text,
  output           text, -- the end of what the test printed
  frame_files      text[] not null default '{}', -- base names of the files in its frames
  attachments      jsonb not null default '[]', -- [{name, path}]
  is_flaky         boolean not null default false, -- passed in another try on the same commit
  flaky_score      double precision not null default 0, -- of its red runs so far, which share was flaky; 0 to 1
  is_new_on_branch boolean, -- green on the base branch; null: not known
  first_bad_commit text, -- where it began to fail without a green run since
  first_bad_run    text,
  first_bad_author text,
  first_bad_at     timestamptz,
  last_good_commit text,
  pattern_id       text,
  pattern_is_new   boolean,
  unique (project_id, test_run_id, test_case_id),
  foreign key (project_id, test_run_id) references test_run on delete cascade
);
create index failed_test_case on failed_test (test_case_id);
create index failed_test_pattern on failed_test (project_id, pattern_id);
create index failed_test_files on failed_test using gin (frame_files);

-- Which remembered failures a red test resembles, its own pattern included when that was known before.
create table pattern_match (
  project_id     text not null,
  test_run_id    text not null,
  failed_test_id bigint not null references failed_test on delete cascade,
  pattern_id     text not null,
  similarity     double precision not null check (similarity between 0 and 1),
  why            jsonb not null,
  primary key (failed_test_id, pattern_id)
);
create index pattern_match_run on pattern_match (project_id, test_run_id);
create index pattern_match_pattern on pattern_match (project_id, pattern_id);

create table recommended_test (
  project_id       text not null,
  test_run_id      text not null,
  position         integer not null,
  test_case_id     bigint not null references test_case on delete cascade,
  test_name        text not null,
  reason           text not null,
  confidence_score double precision not null check (confidence_score between 0 and 1),
  primary key (project_id, test_run_id, position),
  foreign key (project_id, test_run_id) references test_run on delete cascade
);
create index recommended_test_case on recommended_test (test_case_id);

-- Which files the change of a run touches.
create table test_run_file (
  project_id    text not null,
  test_run_id   text not null,
  path          text not null,
  folder        text not null, -- '' at the top
  change        text not null check (change in ('added', 'modified', 'deleted', 'renamed')),
  added_lines   integer not null default 0,
  deleted_lines integer not null default 0,
  created_at    timestamptz not null, -- of the run
  primary key (project_id, test_run_id, path),
  foreign key (project_id, test_run_id) references test_run on delete cascade
);
create index test_run_file_path on test_run_file (project_id, path, created_at desc);
create index test_run_file_folder on test_run_file (project_id, folder, created_at desc);

-- Tests that fail on a branch at present, since when; the row goes with the first green run.
create table failing_test (
  project_id       text not null references project on delete cascade,
  repository       text not null,
  branch           text not null,
  job              text not null,
  test_case_id     bigint not null references test_case on delete cascade,
  first_bad_run    text not null,
  first_bad_commit text not null,
  first_bad_author text not null,
  first_bad_at     timestamptz not null,
  last_good_commit text, -- null: no green run was seen on this branch
  last_seen        timestamptz not null,
  failures         integer not null default 1,
  primary key (project_id, repository, branch, job, test_case_id)
);
create index failing_test_case on failing_test (test_case_id);
create index failing_test_age on failing_test (last_seen);
