-- The outbox: jobs are rows, JMS carries only the signal.
create table job (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in
    ('replay', 'analysis', 'notification', 'snapshot', 'run_analysis', 'recognition', 'run_message')),
  project_id      text not null,
  subject         text not null, -- what it is about: a session id, an alert event id
  payload         jsonb not null default '{}',
  dedupe_key      text not null,
  status          text not null default 'pending' check (status in ('pending', 'running', 'done', 'retrying', 'dead')),
  attempts        integer not null default 0,
  max_attempts    integer not null,
  -- When the sweep looks at it: a signal counts as lost, a pause is over, a lease has run out.
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);
create index job_due on job (next_attempt_at) where status in ('pending', 'retrying', 'running');
create index job_dedupe on job (dedupe_key, created_at desc);
create index job_dead on job (kind, updated_at) where status = 'dead';
create index job_finished on job (updated_at) where status = 'done';
