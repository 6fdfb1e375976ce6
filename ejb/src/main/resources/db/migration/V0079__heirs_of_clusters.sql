-- A cluster that a regroup makes takes the row of the one that it was made of; others only join it.
alter table issue_cluster add column made_from text[];
comment on column issue_cluster.made_from is 'the clusters whose markers made it; null once it has the row of one of them';
alter table regroup_part add column settled boolean not null default false;
