-- A reader's pace: how soon after a mail about an event the next one about the same event may follow.

alter table watches add column pace_minutes int not null default 180 check (pace_minutes >= 0);
comment on column watches.pace_minutes is 'Minutes from one mail about an event to the next that tells who else reports it; 0: each at once.';
