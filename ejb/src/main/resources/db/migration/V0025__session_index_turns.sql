-- Which sessions are indexed next: those that ended last.
create index session_index_turn on session (updated_at desc) where index_due and status <> 'recording';
