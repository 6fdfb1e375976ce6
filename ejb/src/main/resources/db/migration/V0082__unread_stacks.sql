-- While a worker is about to read a stack with its source map, nobody knows which failure it is.
alter table error_marker add column unread_until timestamptz;
comment on column error_marker.unread_until is 'until then the cluster is a guess; null: it is not';
