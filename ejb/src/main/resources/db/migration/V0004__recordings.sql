-- PostgreSQL is the spool, S3 the archive. A chunk's metadata stays here; its payload stands in
-- recording_payload until the packer has moved it into a block, and in the block from then on.
create table session_key (
  project_id    text not null,
  session_id    text not null,
  master_key_id text not null,
  wrapped_key   bytea not null,
  created_at    timestamptz not null default now(),
  primary key (project_id, session_id)
);

create table recording_block (
  id          bigint generated always as identity primary key,
  object_key  text not null unique,
  size_bytes  bigint not null,
  chunk_count integer not null,
  created_at  timestamptz not null default now()
);

create table recording_chunk (
  project_id        text not null,
  session_id        text not null,
  seq               integer not null check (seq >= 0),
  window_id         text not null,
  reason            text,
  sha256            bytea not null,
  event_count       integer not null,
  unlisted_count    integer not null default 0, -- events of the timeline that its table has no room for
  first_event_at    timestamptz,
  last_event_at     timestamptz,
  has_full_snapshot boolean not null,
  inflated_bytes    bigint not null,
  stored_bytes      integer not null,
  received_at       timestamptz not null,
  block_id          bigint references recording_block,
  block_offset      bigint,
  primary key (project_id, session_id, seq)
);
create index recording_chunk_spooled on recording_chunk (received_at) where block_id is null;
create index recording_chunk_block on recording_chunk (block_id) where block_id is not null;

-- One partition an hour: a packed hour is dropped, never vacuumed.
create table recording_payload (
  project_id  text not null,
  session_id  text not null,
  seq         integer not null,
  received_at timestamptz not null,
  payload     bytea not null,
  primary key (project_id, session_id, seq, received_at)
) partition by range (received_at);
alter table recording_payload alter column payload set storage external;
create table recording_payload_default partition of recording_payload default;
alter table recording_payload_default alter column payload set storage external;

-- Which sessions a packer is at work on, so that two nodes do not write the same block. A claim that
-- is over because its node died is taken over; what is packed twice by then is noticed at the commit.
create table packing_claim (
  project_id    text not null,
  session_id    text not null,
  claimed_until timestamptz not null,
  primary key (project_id, session_id)
);
