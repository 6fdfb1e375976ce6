-- The same number on another server is another ticket.
drop index issue_ticket_number;
create unique index issue_ticket_number
  on issue_ticket (project_id, provider, coalesce(server, ''), place, number, cluster_key)
  where number is not null;
