-- What people put on a session: from then on its page's own tags change nothing.
alter table session
  add column tags_by_people boolean not null default false,
  add column links          jsonb not null default '[]'; -- [{url, title?}], such as the ticket about it
