-- What a ticket and its issue last agreed upon (null: a telling may or may not have arrived), and
-- the telling that is under way, of which there is one at a time.
alter table issue_ticket
  add told_resolved boolean,
  add telling text check (telling in ('COMMENT', 'CLOSE', 'REGRESSED', 'REOPEN')),
  add telling_job bigint,
  add telling_until timestamptz;

-- What is still to be told stays unknown, so that its job tells it.
update issue_ticket t set told_resolved = exists (
  select from issue_cluster c
  where c.project_id = t.project_id and c.key = t.cluster_key and c.state = 'resolved')
where not exists (
  select from job j
  where j.kind = 'ticket' and j.project_id = t.project_id and j.subject = t.id
    and j.status in ('pending', 'retrying', 'running'));

-- When a tracker was last asked to make it: its search may not know of it for a while.
alter table issue_ticket add column making_since timestamptz;

-- Whether the tracker said in its last trial that the token may write; null: it has not said.
alter table ticket_tracker add column trial_may_write boolean;
