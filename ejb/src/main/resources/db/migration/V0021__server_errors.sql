-- What a customer's server threw behind an answer; the answer's id stands in the recording, too.
create table server_error (
  project_id     text not null,
  correlation_id text not null,
  at             timestamptz not null,
  method         text,
  path           text,
  type           text not null,
  message        text,
  stack          text not null,
  created_at     timestamptz not null,
  primary key (project_id, correlation_id)
);
create index server_error_created on server_error (created_at);
