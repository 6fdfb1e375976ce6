-- What happened, once for each rule that asks for it, whoever notices it and however often. No foreign
-- keys to the rule: what was told outlives it, and a lock on it must not hold requests.
create table alert_rule_event (
  project_id        text not null references project on delete cascade,
  rule_id           text not null,
  event_key         text not null, -- the same for the same event on every node
  event             text not null,
  cluster_key       text not null,
  session_id        text,
  trigger           text not null,
  words             text, -- what the event itself says, such as a count
  status            text not null default 'held' check (status in ('held', 'told', 'suppressed')),
  reason            text, -- why it is held or was suppressed
  due_at            timestamptz not null, -- when it is decided about
  group_key         text,
  alert_id          text,
  told_at           timestamptz,
  created_at        timestamptz not null default now(),
  primary key (project_id, rule_id, event_key)
);
create index alert_rule_event_due on alert_rule_event (due_at) where status = 'held';
create index alert_rule_event_told on alert_rule_event (project_id, rule_id, group_key, told_at) where status = 'told';
create index alert_rule_event_cluster on alert_rule_event (project_id, cluster_key);
create index alert_rule_event_age on alert_rule_event (created_at);

-- What a rule decided to tell: one message to each of its channels.
create table rule_alert (
  project_id  text not null references project on delete cascade,
  id          text not null,
  rule_id     text not null,
  rule_name   text not null,
  event       text not null, -- of the issue it is about first
  cluster_key text not null,
  session_id  text,
  trigger     text not null,
  words       text,
  more        integer not null, -- further issues it is about
  is_digest   boolean not null, -- of quiet hours
  is_test     boolean not null,
  created_at  timestamptz not null default now(),
  primary key (project_id, id)
);
create index rule_alert_age on rule_alert (created_at);

create table alert_delivery (
  project_id    text not null references project on delete cascade,
  id            text not null,
  alert_id      text not null,
  rule_id       text not null,
  channel_id    text not null,
  channel       text not null check (channel in ('webhook', 'slack', 'teams', 'email')),
  purpose       text not null check (purpose in ('tell', 'update')),
  event_key     text not null,
  is_changeable boolean not null, -- the message can be changed where it stands
  -- sending: an attempt has begun and has not said how it ended; unknown: it may have arrived
  status        text not null default 'pending' check (status in ('pending', 'sending', 'sent', 'failed', 'unknown', 'skipped')),
  generation    integer not null default 0, -- grows when somebody has it sent again
  attempts      integer not null default 0,
  http_status   integer,
  answer        text, -- what the other side said, cut
  duration_ms   bigint, -- of the last attempt
  error_message text,
  message_ref   text, -- where the message stands, for those who change it
  position      bigint generated always as identity, -- changes of a message are made in this order
  created_at    timestamptz not null default now(),
  ended_at      timestamptz,
  primary key (project_id, id),
  -- never sent twice for one event
  unique (project_id, rule_id, channel_id, event_key)
);
create index alert_delivery_latest on alert_delivery (project_id, position desc);
create index alert_delivery_alert on alert_delivery (project_id, alert_id, channel_id);
create index alert_delivery_age on alert_delivery (created_at);
