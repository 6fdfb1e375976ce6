-- Sessions that showed a failure for the first time, by hour. Written anew from cluster_session for the hours
-- that may have changed, so that writing them again changes nothing.
create table cluster_hour (
  project_id  text not null references project on delete cascade,
  cluster_key text not null,
  hour        timestamptz not null,
  release     text not null, -- empty: it told none
  browser     text not null,
  sessions    integer not null,
  markers     bigint not null, -- of these sessions, however late
  primary key (project_id, cluster_key, hour, release, browser)
);
create index cluster_hour_age on cluster_hour (hour);

-- Clusters whose hours are to be written anew, from when on. The settlement of counts adds to it.
create table cluster_hour_due (
  project_id  text not null references project on delete cascade,
  cluster_key text not null,
  since       timestamptz not null,
  primary key (project_id, cluster_key)
);

insert into cluster_hour_due (project_id, cluster_key, since)
select c.project_id, c.key, now() - interval '30 days'
from issue_cluster c where c.promoted_at is not null;

alter table issue_cluster
  add column escalated_at    timestamptz,
  add column escalated_usual double precision; -- sessions an hour that its past let one expect then

create index issue_cluster_escalating on issue_cluster (project_id, key) where state = 'escalating';
