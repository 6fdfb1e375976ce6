-- Which builds a marker's stack is of, so that a map that comes late finds its markers without
-- reading all of them.
create function marker_debug_ids(error jsonb) returns text[]
language sql immutable parallel safe
return case when jsonb_typeof(error -> 'debugIds') = 'object'
  then array(select value from jsonb_each_text(error -> 'debugIds')) end;
create index error_marker_debug_ids on error_marker using gin (marker_debug_ids(error))
  where marker_debug_ids(error) is not null;
create index session_of_release on session (project_id, release, id) where release is not null;

-- Of a project's known stacks those that were seen longest ago go first when there are too many.
create index original_stack_of_project on original_stack (project_id, last_seen_at);
