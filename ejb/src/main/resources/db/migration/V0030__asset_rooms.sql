-- Two contents of one address: the address has lost what told them apart, so neither is shown.
alter table session_asset drop constraint session_asset_pkey;
alter table session_asset add primary key (project_id, session_id, url, sha256);

-- What a project's contents take together, so that nobody has to sum them up.
create table asset_room (
  project_id text primary key,
  bytes      bigint not null,
  contents   bigint not null
);
insert into asset_room select project_id, sum(size_bytes), count(*) from asset group by project_id;

-- What happened stands in a recording without its pictures, too: that they lack is no loss of events.
alter table session drop column complete;
alter table session add column complete boolean not null generated always as (
  chunks_expected <= chunk_count and dropped - 'timeline' = '{}') stored;
create index session_incomplete on session (project_id, started_at desc, id desc) where not complete;
