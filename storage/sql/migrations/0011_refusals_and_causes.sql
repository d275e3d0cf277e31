-- How often an address refused our mail, and what the operator has been told.

alter table addresses
    add column score real not null default 0 check (score >= 0),
    add column scored_at timestamptz,
    add column refusal text not null default '';
comment on column addresses.score is 'Refusals by the address, a mailbox that is not there counting 1, a full one less; what it takes lowers it. It is paused at 3.';
comment on column addresses.scored_at is 'When a refusal counted last: one counts in four hours, however many mails it refused.';
comment on column addresses.refusal is 'The words of the last refusal that was the address''s.';

create table operator_causes (
    cause text not null check (cause <> ''),
    subject text not null,
    since timestamptz not null,
    told_at timestamptz,
    state text not null default '',
    primary key (cause, subject)
);
comment on table operator_causes is 'What a person must mend now, so that the operator is told once, and once more when it is well again.';
comment on column operator_causes.cause is 'Its kind, by pipeline/alerts/causes.py: run_failed, outlet_ill, mail_stuck, ...';
comment on column operator_causes.subject is 'What it befell: an outlet, an address, a part of the house; empty where there is only one.';
comment on column operator_causes.since is 'When it was seen first.';
comment on column operator_causes.told_at is 'When the operator was told; null: not yet.';
comment on column operator_causes.state is 'How it is in one word, an outlet''s condition for instance: when that changes it is told again.';
