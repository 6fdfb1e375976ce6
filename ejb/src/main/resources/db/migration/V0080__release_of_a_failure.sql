-- A visit may go on over a deploy. Null in what came before: the session's release is told then.
alter table error_marker add column release text;
comment on column error_marker.release is 'what ran when it failed';
alter table session add column first_release text;
comment on column session.first_release is 'what ran when it began; release is the latest';
