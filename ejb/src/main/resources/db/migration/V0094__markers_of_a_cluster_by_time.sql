-- How many markers a cluster had within the last minutes, for thresholds: one range of an index.
create index error_marker_cluster_recent on error_marker (project_id, cluster_key, created_at)
  where noise is null;
