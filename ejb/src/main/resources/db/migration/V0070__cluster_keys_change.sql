-- A cluster gets another key when the rules of grouping change; what refers to its row goes along.
alter table report_rule_use
  drop constraint report_rule_use_project_id_cluster_key_fkey,
  add constraint report_rule_use_project_id_cluster_key_fkey
    foreign key (project_id, cluster_key) references issue_cluster on update cascade on delete cascade;
