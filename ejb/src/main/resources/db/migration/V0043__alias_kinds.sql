-- Why a key leads to another one: somebody merged them, they looked alike, or a newer rule gave the failure another key.
-- A chain of aliases is written as its end; joined_key stays what the alias led to when it was made, so that one link
-- of the chain can be undone.
alter table cluster_alias
  add column kind text not null default 'hand' check (kind in ('hand', 'likeness', 'regroup')),
  add column joined_key text,
  add column score double precision check (score between 0 and 1),
  add column parts jsonb; -- what the score is made of
create index cluster_alias_target on cluster_alias (project_id, target_key);

-- Clusters that are no issue are compared too, so that what looks alike becomes one before it becomes two issues. They
-- have an origin of their own: tests are told of issues only.
alter table failure_signature drop constraint failure_signature_origin_check;
alter table failure_signature add constraint failure_signature_origin_check
  check (origin in ('ci', 'production', 'observed'));

-- When a cluster was compared with the others. What is there already was seen by people as it is: it is not joined.
alter table issue_cluster add column compared_at timestamptz default now();
alter table issue_cluster alter column compared_at drop default;
