-- Not by updated_at: with an index on it, however few rows that holds, each chunk would write into all indexes.
drop index session_index_turn;
create index session_index_turn on session (started_at desc) where index_due and status <> 'recording';

-- How often a session could not be indexed for a reason that may pass.
alter table session add column index_tries smallint not null default 0;
