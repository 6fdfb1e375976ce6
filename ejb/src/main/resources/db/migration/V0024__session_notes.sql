-- What people wrote at a moment of a session.
create table session_note (
  project_id text not null,
  session_id text not null,
  id         text not null,
  at_ms      bigint not null check (at_ms >= 0),
  text       text not null,
  author     text not null,
  created_at timestamptz not null,
  primary key (project_id, session_id, id),
  foreign key (project_id, session_id) references session on delete cascade
);
