-- What happened to an issue, in the order in which it happened. It follows a merged issue into its target.
create table issue_activity (
  id          bigint generated always as identity primary key,
  project_id  text not null references project on delete cascade,
  cluster_key text not null,
  at          timestamptz not null,
  actor_kind  text not null check (actor_kind in ('user', 'key', 'system')),
  actor       text not null, -- a login, a key's label, "RetroSpec"
  kind        text not null,
  what        text not null, -- the sentence that follows the actor
  note        text
);
create index issue_activity_cluster on issue_activity (project_id, cluster_key, id desc);
create index issue_activity_age on issue_activity (at);
