-- When mail to an address came back last, which key its webhook has, and who unsubscribed from watches that are no more.

alter table addresses
    add column bounced_at timestamptz,
    add column key_turn integer not null default 0 check (key_turn >= 0);
comment on column addresses.bounced_at is 'When a mail to it came back last; for a week what a relay takes does not lower the score.';

comment on column addresses.key_turn is 'How often the key was renewed that a webhook''s messages are signed with; 0: the one that all of them begin with.';

create table unsubscribed (
    watch text not null check (watch <> ''),
    address text not null references addresses (address),
    at timestamptz not null,
    primary key (watch, address)
);
comment on table unsubscribed is 'Who had unsubscribed from watches that were removed: one that is imported again under the same name keeps it.';
comment on column unsubscribed.watch is 'The removed watch''s name.';
comment on column unsubscribed.address is 'Her address.';
comment on column unsubscribed.at is 'When she unsubscribed.';

alter table deliveries add column dropped_alert_id bigint references alerts on delete set null;
comment on column deliveries.dropped_alert_id is 'The mail that it stood in and that was given up: it is told once more, and not a third time.';
create index deliveries_dropped on deliveries (dropped_alert_id) where dropped_alert_id is not null;

-- What a dropped mail would have told is told again once: it is looked for at every pass.
create index alerts_dropped on alerts (made_at) where state = 'dropped';
