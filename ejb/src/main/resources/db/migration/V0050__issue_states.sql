-- What a state may carry: the release that brought the fix, what ends a mute, and that the system found
-- an issue escalating.
alter table issue_cluster
  drop constraint issue_cluster_state_check,
  add constraint issue_cluster_state_check check (
    state in ('open', 'acknowledged', 'resolved', 'muted', 'regressed', 'escalating')),
  add column resolved_in_release   text,    -- only a session on it, or on one seen first later, regresses
  add column mute_sessions         integer, -- as it was asked for; null: no such condition
  add column mute_users            integer,
  add column mute_sessions_left    integer, -- the fold of the counts takes from these
  add column mute_users_left       integer,
  add column mute_until_escalating boolean not null default false,
  add column escalated_from        text;    -- the state to go back to when it has calmed down

create index issue_cluster_muted on issue_cluster (project_id, key) where state = 'muted';

-- A project's releases in the order in which a session was seen on them for the first time.
create table release_sighting (
  project_id    text not null references project on delete cascade,
  release       text not null,
  first_seen_at timestamptz not null, -- by the server's clock
  last_seen_at  timestamptz not null,
  primary key (project_id, release)
);
create index release_sighting_order on release_sighting (project_id, first_seen_at desc);

insert into release_sighting (project_id, release, first_seen_at, last_seen_at)
select s.project_id, s.release, min(s.created_at), max(s.created_at)
from session s join project p on p.id = s.project_id
where s.release is not null group by 1, 2;
