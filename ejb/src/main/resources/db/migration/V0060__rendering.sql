-- Which kinds there are stands in the application alone: each new one had to be said here once more.
alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind ~ '^[a-z][a-z_]{0,40}$');

-- How much video a project had made of a day (UTC).
create table render_allowance (
  project_id text not null references project on delete cascade,
  day        date not null,
  seconds    integer not null,
  clips      integer not null,
  primary key (project_id, day)
);
