-- Repeated markers, grouped by key. A cluster becomes an issue when promoted_at is set.
create table issue_cluster (
  project_id                text not null references project on delete cascade,
  key                       text not null,
  kind                      text not null,
  symptom                   text not null,
  route                     text not null,
  session_count             integer not null default 0,
  user_count                integer not null default 0,
  marker_count              bigint not null default 0,
  representative_session_id text,
  representative_marker_id  text,
  confidence                double precision not null default 0 check (confidence between 0 and 1),
  first_seen_at             timestamptz not null,
  last_seen_at              timestamptz not null,
  promoted_at               timestamptz,
  promotion_trigger         text,
  promotion_reason          text,
  state                     text not null default 'open' check (state in ('open', 'acknowledged', 'resolved', 'muted', 'regressed')),
  assignee                  text,
  state_note                text,
  muted_until               timestamptz,
  state_updated_at          timestamptz,
  resolved_at               timestamptz, -- a session received after this, with the failure in it, is a regression
  version                   integer not null default 0,
  created_at                timestamptz not null default now(),
  primary key (project_id, key)
);
create index issue_cluster_promoted on issue_cluster (project_id, state, last_seen_at desc) where promoted_at is not null;
create index issue_cluster_waiting on issue_cluster (project_id, session_count) where promoted_at is null;

-- Which sessions and which people a cluster has touched: the ground truth of both counts.
create table cluster_session (
  project_id        text not null,
  cluster_key       text not null,
  session_id        text not null,
  visitor           text not null, -- identified user id, else anonymous id, else the session itself
  first_marker_id   text not null,
  marker_count      integer not null default 0,
  first_observed_at timestamptz not null,
  last_observed_at  timestamptz not null,
  created_at        timestamptz not null, -- when the session first showed this failure, by the server's clock
  primary key (project_id, cluster_key, session_id)
);
create index cluster_session_recent on cluster_session (project_id, cluster_key, created_at desc);
create index cluster_session_visitor on cluster_session (project_id, cluster_key, visitor);
create index cluster_session_session on cluster_session (project_id, session_id);

create table cluster_user (
  project_id  text not null,
  cluster_key text not null,
  visitor     text not null,
  primary key (project_id, cluster_key, visitor)
);

-- Counts arrive as deltas and are folded every second, so that a popular cluster's row is never a queue
-- in which all visitors wait for each other's commit. Readers add what is not folded yet.
create table cluster_delta (
  id           bigint generated always as identity primary key,
  project_id   text not null,
  cluster_key  text not null,
  sessions     integer not null,
  users        integer not null,
  markers      integer not null,
  last_seen_at timestamptz -- null: the counts say nothing about when
);
create index cluster_delta_cluster on cluster_delta (project_id, cluster_key);

-- Decisions by hand. They outlive regrouping: ingest asks them after the fingerprint.
create table cluster_alias ( -- a merge: source is now target
  project_id text not null references project on delete cascade,
  source_key text not null,
  target_key text not null,
  note       text,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (project_id, source_key)
);
create table cluster_pin ( -- a split: this session's markers of source belong to target
  project_id text not null references project on delete cascade,
  source_key text not null,
  session_id text not null,
  target_key text not null,
  note       text,
  created_at timestamptz not null default now(),
  primary key (project_id, source_key, session_id)
);

create table issue_feedback (
  id          text primary key,
  project_id  text not null references project on delete cascade,
  cluster_key text not null,
  session_id  text,
  kind        text not null,
  note        text,
  created_by  text,
  metadata    jsonb,
  created_at  timestamptz not null default now()
);
create index issue_feedback_cluster on issue_feedback (project_id, cluster_key, created_at desc);

create table issue_alert_event (
  id          text primary key,
  project_id  text not null references project on delete cascade,
  cluster_key text not null,
  event       text not null check (event in ('issue_cluster_promoted', 'issue_cluster_regressed')),
  trigger     text not null,
  status      text not null check (status in ('queued', 'sent', 'failed', 'suppressed')),
  reason      text, -- why it was suppressed, or how the last try to send it ended
  http_status integer,
  created_at  timestamptz not null default now(),
  sent_at     timestamptz
);
create index issue_alert_event_cluster on issue_alert_event (project_id, cluster_key, created_at desc);
