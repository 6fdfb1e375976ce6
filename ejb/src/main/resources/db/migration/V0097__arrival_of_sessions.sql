-- A cluster's hours are written anew as far back as the project has sessions. By the index of all projects'
-- sessions a young project would read those of all others first.
create index session_arrival on session (project_id, created_at);
