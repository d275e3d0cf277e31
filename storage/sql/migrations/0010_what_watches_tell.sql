-- What watches tell: returns after a deletion, spikes, a daily brief; and what waits follows a changed rhythm.

alter table watches drop constraint watches_kinds_check;
alter table watches add constraint watches_kinds_check check (
    kinds <@ array['new', 'follow_up', 'edited', 'deleted', 'returned', 'picked_up', 'first_mention', 'spike']);
alter table watches drop constraint watches_rhythm_check;
alter table watches add constraint watches_rhythm_check check (rhythm in ('at_once', 'hourly', 'daily', 'brief', 'weekly'));
comment on column watches.kinds is 'What counts: new, follow_up, edited, deleted, returned, picked_up, first_mention, spike.';
comment on column watches.rhythm is 'When matches become mail: at_once, hourly, daily, brief, weekly.';
alter table matches drop constraint matches_kind_check;
alter table matches add constraint matches_kind_check check (
    kind in ('new', 'follow_up', 'edited', 'deleted', 'returned', 'picked_up', 'first_mention', 'spike'));

alter table deliveries add column moved_at timestamptz;
comment on column deliveries.moved_at is 'When a changed rhythm of its watch moved it last; null: never.';
create index deliveries_held on deliveries (match_id) where reason in ('muted', 'watch_paused');

create or replace function queue_revisions() returns trigger language plpgsql as $$
begin
    insert into match_queue (article_id, version)
        select article_id, number from fresh where kind in ('edit', 'deletion', 'return') order by article_id, number;
    perform pg_notify('khabar_match', '');
    return null;
end $$;
comment on function queue_revisions() is 'Queues edits, deletions and returns for matching; our own corrections are no news.';
