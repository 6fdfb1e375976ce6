-- Who has looked at a rule's threshold last: of several nodes one looks each minute.
create table alert_threshold_look (
  project_id text not null,
  rule_id    text not null,
  looked_at  timestamptz not null,
  primary key (project_id, rule_id),
  foreign key (project_id, rule_id) references alert_rule on delete cascade
);

-- A session that goes is forgotten by what was told of its report card.
create index alert_rule_event_session on alert_rule_event (project_id, session_id) where session_id is not null;
create index rule_alert_session on rule_alert (project_id, session_id) where session_id is not null;
