-- Sessions that somebody had erased. A recorder that is still running must not bring them back.
create table erased_session (
  project_id text not null,
  session_id text not null,
  erased_at  timestamptz not null,
  primary key (project_id, session_id)
);
create index erased_session_age on erased_session (erased_at);
