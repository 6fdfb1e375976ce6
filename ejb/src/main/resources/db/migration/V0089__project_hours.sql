-- The hours of all clusters of a project together, by kind. Each change of a cluster's hours is added here in
-- the same transaction: a list of issues opens with it, and summing up cluster_hour takes as long as the project
-- has clusters.
create table project_hour (
  project_id text not null references project on delete cascade,
  hour       timestamptz not null,
  kind       text not null,
  release    text not null, -- empty: it told none, or the hour has too many
  browser    text not null,
  sessions   integer not null, -- each once for each cluster
  primary key (project_id, hour, kind, release, browser)
);

-- What has been added must be known when the cluster is gone: it was merged.
alter table cluster_hour add column kind text;
update cluster_hour h set kind = c.kind from issue_cluster c
where c.project_id = h.project_id and c.key = h.cluster_key;
delete from cluster_hour where kind is null;
alter table cluster_hour alter column kind set not null;

insert into project_hour (project_id, hour, kind, release, browser, sessions)
select project_id, hour, kind, release, browser, sum(sessions) from cluster_hour group by 1, 2, 3, 4, 5;
