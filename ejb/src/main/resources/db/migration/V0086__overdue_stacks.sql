create index error_marker_unread on error_marker (unread_until) where unread_until is not null;
