-- Why a card failed or was discarded, which rule spoke, how much of the cause it had seen, about
-- which marker, and which provider said what ([{name, path, status, reason?, model?, said}]).
alter table report_card
  add column reason    text,
  add column rule      text,
  add column strength  double precision check (strength between 0 and 1),
  add column marker_id text,
  add column providers jsonb not null default '[]';

-- Which rule has explained which issue. A fact that outlives the session and its card; whether the
-- rule was right is never stored, only asked for.
create table report_rule_use (
  project_id  text not null,
  rule        text not null,
  cluster_key text not null,
  created_at  timestamptz not null default now(),
  primary key (project_id, rule, cluster_key),
  foreign key (project_id, cluster_key) references issue_cluster on delete cascade
);
create index report_rule_use_cluster on report_rule_use (project_id, cluster_key);

-- How often a rule was right, of the issues that people have judged. An issue is judged once: by the
-- latest thumb on one of its cards, else by "not an issue", else by its triage.
create view report_rule_record as
select u.project_id, u.rule,
  count(*) filter (where coalesce(thumb.is_right, word.is_right, triage.is_right)) as right_count,
  count(coalesce(thumb.is_right, word.is_right, triage.is_right)) as judged_count
from report_rule_use u
join issue_cluster c on c.project_id = u.project_id and c.key = u.cluster_key
left join lateral (
  select f.kind = 'card_helpful' as is_right from issue_feedback f
  where f.project_id = u.project_id and f.cluster_key = u.cluster_key
    and f.kind in ('card_helpful', 'card_wrong') and f.metadata ->> 'rule' = u.rule
  order by f.created_at desc, f.id limit 1) thumb on true
left join lateral (
  select false as is_right from issue_feedback f
  where f.project_id = u.project_id and f.cluster_key = u.cluster_key
    and f.kind in ('not_an_issue', 'false_positive', 'false_alarm')
  limit 1) word on true
cross join lateral (
  select case when c.state in ('resolved', 'regressed') then true
              when c.state = 'muted' then false end as is_right) triage
group by u.project_id, u.rule;
