-- The key that a marker's content gives, before merges and splits: what a merge can be undone by, and what says by which
-- rules a marker was grouped. Null in rows from before: there the cluster's key stands for it.
alter table error_marker add column fingerprint text;
