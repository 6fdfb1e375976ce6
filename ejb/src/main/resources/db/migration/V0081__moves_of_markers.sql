-- Where the markers of a cluster went, while it still has some: when it is empty, most of them say what it is now.
create table cluster_left (
  project_id text not null,
  source_key text not null,
  target_key text not null,
  markers    bigint not null,
  primary key (project_id, source_key, target_key),
  foreign key (project_id, source_key) references issue_cluster (project_id, key) on delete cascade on update cascade
);

-- What only came from another cluster is counted, but nobody has seen it again: mutes do not count it.
alter table cluster_delta add column moved boolean not null default false;

-- Waits for an advisory lock of the transaction, but not for ever and without an error: in the queue, unlike
-- pg_try_advisory_xact_lock, so that who takes it again and again does not keep the others away.
create function advisory_xact_lock_within(key bigint, wait interval) returns boolean language plpgsql as $$
declare
  before text := current_setting('lock_timeout');
begin
  perform set_config('lock_timeout', (extract(epoch from wait) * 1000)::integer::text, true);
  perform pg_advisory_xact_lock(key);
  perform set_config('lock_timeout', before, true);
  return true;
exception when lock_not_available then
  return false;
end
$$;
