-- For source maps that come late: the markers of a release.
create index error_marker_release on error_marker (project_id, release, session_id, id)
  where release is not null and error is not null;
