-- How many snapshots a project waits for, and whose turn it is.
create index snapshot_pending on snapshot (project_id, created_at) where status = 'pending';
create index job_snapshot_turns on job (project_id, updated_at) where kind = 'snapshot';
