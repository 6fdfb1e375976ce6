-- Who may sign in to the dashboard. Elytron's jdbc-realm reads this table: keep names in step with 40-identity.cli.
create table app_user (
  username      text primary key,
  password_hash text not null, -- bcrypt, modular crypt format ($2a$…)
  role          text not null check (role in ('viewer', 'developer', 'admin')),
  enabled       boolean not null default true,
  created_at    timestamptz not null default now()
);
