-- The record of one rule in one project, asked for with each card: what it costs goes by the issues
-- that people have judged, not by all that the rule has explained, nor by all rules.
drop view report_rule_record;

create index issue_cluster_proven on issue_cluster (project_id, key)
  where state in ('resolved', 'regressed');

-- How often a rule was right, of the issues that people have judged. An issue is judged once: by the
-- latest thumb on one of its cards, else by "not an issue" (wrong), else by having been worth a fix
-- (right). A muted one is not judged: "not now" says nothing of the cause.
create function report_rule_record(of_project text, of_rule text)
returns table (right_count bigint, judged_count bigint) language sql stable as $$
  with thumb as (
    select distinct on (f.cluster_key) f.cluster_key, f.kind = 'card_helpful' as is_right
    from issue_feedback f
    where f.project_id = of_project and f.kind in ('card_helpful', 'card_wrong')
      and f.metadata ->> 'rule' = of_rule
    order by f.cluster_key, f.created_at desc, f.id),
  word as (
    select distinct f.cluster_key from issue_feedback f
    where f.project_id = of_project
      and f.kind in ('not_an_issue', 'false_positive', 'false_alarm')),
  judged as (
    select cluster_key from thumb
    union select cluster_key from word
    union select c.key from issue_cluster c
      where c.project_id = of_project and c.state in ('resolved', 'regressed'))
  select count(*) filter (where coalesce(thumb.is_right, word.cluster_key is null)), count(*)
  from judged j
  join report_rule_use u
    on u.project_id = of_project and u.rule = of_rule and u.cluster_key = j.cluster_key
  left join thumb on thumb.cluster_key = j.cluster_key
  left join word on word.cluster_key = j.cluster_key
$$;
