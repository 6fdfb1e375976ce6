-- What is told about a run of tests, and where: one row for each run and channel.
create table notification (
  project_id    text not null references project on delete cascade,
  id            text not null,
  test_run_id   uuid not null, -- no foreign key: the messages outlive the run, and may be asked for without one
  channel       text not null check (channel in ('slack', 'github', 'gist', 'email', 'webhook')),
  status        text not null default 'pending' check (status in ('pending', 'sent', 'failed', 'skipped')),
  payload       jsonb not null, -- the report; each channel makes its own words of it
  revision      integer not null default 1, -- grows with every changed payload: only what was read is marked as sent
  awaits_gist   boolean not null default false, -- told once the whole report has an address, or will not get one
  address       text, -- where it can be seen: the gist, the comment
  error_message text, -- how the last attempt ended, or why nothing was sent
  attempts      integer not null default 0,
  created_at    timestamptz not null default now(),
  requested_at  timestamptz not null default now(), -- of the payload
  sent_at       timestamptz,
  primary key (project_id, id),
  unique (project_id, test_run_id, channel)
);
create index notification_recent on notification (project_id, created_at desc);
create index notification_age on notification (created_at);
-- Which runs were told in a pull request: its one comment tells the newest of each job.
create index notification_pull_request on notification (
  project_id, lower(payload #>> '{origin,repository}'), (payload #>> '{origin,prNumber}'), created_at
) where channel = 'github';

-- The one comment of a pull request, so that the next run changes it.
create table github_comment (
  project_id   text not null references project on delete cascade,
  repository   text not null, -- in lower case, as GitHub compares it
  pr_number    integer not null,
  comment_id   bigint not null,
  test_run_id  uuid not null,
  requested_at timestamptz not null, -- of the report in it: a late retry never overwrites a newer one
  primary key (project_id, repository, pr_number)
);

-- Where a project wants it other than the environment's settings say.
create table notification_channel (
  project_id text not null references project on delete cascade,
  channel    text not null check (channel in ('slack', 'github', 'gist', 'email', 'webhook')),
  enabled    boolean not null,
  target     jsonb not null default '{}', -- addresses; a webhook's address is a secret and is never shown
  updated_at timestamptz not null default now(),
  primary key (project_id, channel)
);
