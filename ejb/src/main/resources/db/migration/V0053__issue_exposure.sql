-- Proving a fix: how many sessions have walked, since it was resolved, the path on which it showed.
create table issue_exposure (
  project_id  text not null,
  cluster_key text not null,
  resolved_at timestamptz not null, -- of the resolution that is proven
  release     text,
  route       text not null,
  clicks      jsonb not null, -- labels, in their order
  walked      integer not null default 0,
  needed      integer not null,
  proven_at   timestamptz,
  primary key (project_id, cluster_key),
  foreign key (project_id, cluster_key) references issue_cluster on update cascade on delete cascade
);
create index issue_exposure_open on issue_exposure (project_id) where proven_at is null;

-- Each session counts once; at most as many rows as a proof needs.
create table issue_exposure_session (
  project_id  text not null,
  cluster_key text not null,
  session_id  text not null,
  primary key (project_id, cluster_key, session_id),
  foreign key (project_id, cluster_key) references issue_exposure on update cascade on delete cascade
);

-- Sessions that have ended and may prove something.
create table issue_exposure_due (
  project_id text not null references project on delete cascade,
  session_id text not null,
  primary key (project_id, session_id)
);
