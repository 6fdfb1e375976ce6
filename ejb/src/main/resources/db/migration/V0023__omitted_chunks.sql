-- Chunks that came and were let go because the project keeps only the last minutes of a visit. Their numbers
-- and hashes stay, so that they are not missed and a recorder that sends one again hears that it had come.
create table omitted_chunk (
  project_id text not null,
  session_id text not null,
  seq        integer not null,
  sha256     bytea not null,
  primary key (project_id, session_id, seq),
  foreign key (project_id, session_id) references session on delete cascade
);
