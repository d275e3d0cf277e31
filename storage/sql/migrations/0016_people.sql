-- The people who log in: what each chose, the tokens of her programs, and who changed what.

create table people (
    name text primary key check (name <> ''),
    zone text not null default 'UTC',
    language text not null default 'en',
    addresses text[] not null default '{}',
    visited_at timestamptz,
    previous_visit_at timestamptz
);
comment on table people is 'Who has logged in, and what she chose. Her role is the login''s affair and is not kept.';
comment on column people.name is 'The name she logs in with.';
comment on column people.zone is 'Her time zone, as Asia/Baku.';
comment on column people.language is 'The language her mails are written in.';
comment on column people.addresses is 'The mail addresses she named as hers; nobody else is shown them.';
comment on column people.visited_at is 'When she last asked for a page.';
comment on column people.previous_visit_at is 'When she asked for the last page of the visit before this one.';

create table person_tokens (
    id bigint generated always as identity primary key,
    person text not null references people (name) on delete cascade,
    label text not null,
    scopes text[] not null,
    hash bytea not null unique,
    made_at timestamptz not null default now(),
    revoked_at timestamptz
);
comment on table person_tokens is 'Tokens of a person''s programs.';
comment on column person_tokens.id is 'By which one is revoked.';
comment on column person_tokens.person is 'Whose it is.';
comment on column person_tokens.label is 'What she calls it.';
comment on column person_tokens.scopes is 'What it opens: read.';
comment on column person_tokens.hash is 'SHA-256 of the token, which itself is not kept.';
comment on column person_tokens.made_at is 'When it was made.';
comment on column person_tokens.revoked_at is 'When it was revoked; null: it opens.';
create index person_tokens_person on person_tokens (person);

create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    person text not null,
    action text not null,
    subject text not null
);
comment on table audit is 'Each change that somebody made through the pages.';
comment on column audit.id is 'Counts them.';
comment on column audit.at is 'When.';
comment on column audit.person is 'Who, by the name of her login.';
comment on column audit.action is 'What was done, in words such as "watch saved".';
comment on column audit.subject is 'To what, by its name; no address and no secret.';
create index audit_at on audit (at);
