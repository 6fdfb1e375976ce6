-- How much a project's servers told on a day: the key that tells it may stand on public pages.
create table server_error_day (
  project_id text not null,
  day        date not null,
  bytes      bigint not null,
  primary key (project_id, day)
);

-- Which sessions met an answer.
create index session_event_correlation on session_event (project_id, (data ->> 'correlationId'))
  where kind = 'network' and data ->> 'correlationId' is not null;
create index error_marker_correlation on error_marker (project_id, (request ->> 'correlationId'))
  where request ->> 'correlationId' is not null;
