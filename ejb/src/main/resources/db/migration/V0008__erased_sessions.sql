-- Sessions that somebody had erased. A recorder that is still running must not bring them back.
create table erased_session (
  project_id text not null,
  session_id text not null,
  erased_at  timestamptz not null,
  primary key (project_id, session_id)
);
create index erased_session_age on erased_session (erased_at);

-- Volatile, so that it looks at what is committed at the moment of the call, not when the statement began.
create function is_erased_session(project text, session text) returns boolean language plpgsql volatile as $$
begin
  return exists (select from erased_session where project_id = project and session_id = session);
end $$;
