-- Whether a tracker works, as it said when somebody last tried; and on which server a ticket is.
alter table ticket_tracker
  add trial_status text check (trial_status in ('pending', 'passed', 'failed')),
  add trial_problem text,
  add trial_at timestamptz;

alter table issue_ticket add server text;
update issue_ticket t set server = k.server
from ticket_tracker k where k.project_id = t.project_id and k.provider = t.provider;
