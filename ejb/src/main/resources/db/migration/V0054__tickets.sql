-- Which tracker a project uses. Token and secret are sealed under the master key and never shown.
create table ticket_tracker (
  project_id             text not null references project on delete cascade,
  provider               text not null check (provider in ('github', 'gitlab', 'jira', 'linear')),
  server                 text not null,
  place                  text not null,
  account                text,
  token                  text,
  webhook_secret         text,
  closed_ticket_resolves boolean not null,
  resolved_issue_closes  boolean not null,
  updated_at             timestamptz not null,
  primary key (project_id, provider)
);

-- Which ticket belongs to which issue. It follows a merged issue into its target.
create table issue_ticket (
  id          text primary key,
  project_id  text not null references project on delete cascade,
  cluster_key text not null,
  provider    text not null,
  place       text not null,
  number      text, -- null until it is made
  url         text,
  closed      boolean not null default false,
  status      text not null default 'pending' check (status in ('pending', 'linked', 'failed')),
  problem     text,
  created_by  text not null,
  created_at  timestamptz not null
);
create index issue_ticket_cluster on issue_ticket (project_id, cluster_key, created_at);
create unique index issue_ticket_number on issue_ticket (project_id, provider, place, number, cluster_key) where number is not null;
