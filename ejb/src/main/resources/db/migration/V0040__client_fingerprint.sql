-- The parts by which the page itself groups a marker: a list of texts, empty when it does not.
alter table error_marker
  add column client_fingerprint jsonb not null default '[]';
