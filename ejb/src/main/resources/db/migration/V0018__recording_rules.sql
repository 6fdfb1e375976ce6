-- The finer rules of recording, in the words of the API; a field that is not there has its default.
alter table recording_rules add column details jsonb not null default '{}';
