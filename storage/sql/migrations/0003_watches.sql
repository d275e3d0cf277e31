-- Watches, who gets them, what matched, what was mailed, and why something was not.

create table watches (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> '' and length(name) <= 100 and name !~ '[[:cntrl:]]'),
    query text not null,
    rhythm text not null default 'at_once' check (rhythm in ('at_once', 'hourly', 'daily', 'weekly')),
    kinds text[] not null default '{new}' check (kinds <@ array['new', 'follow_up', 'edited', 'deleted', 'picked_up', 'first_mention']),
    outlets text[] not null default '{}',
    regions text[] not null default '{}',
    languages text[] not null default '{}',
    timezone text not null default 'UTC',
    hour smallint not null default 7 check (hour between 0 and 23),
    weekday smallint not null default 0 check (weekday between 0 and 6),
    quiet_from time,
    quiet_until time,
    picked_up_by int not null default 0 check (picked_up_by >= 0),
    settle_minutes int not null default 60 check (settle_minutes >= 0),
    mail_language text not null default 'en',
    mute_until timestamptz,
    expires timestamptz,
    paused boolean not null default false,
    last_hit_at timestamptz,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    check ((quiet_from is null) = (quiet_until is null))
);
comment on table watches is 'Saved queries: what an analyst wants to be told.';
comment on column watches.id is 'Internal number; unsubscribe links name it.';
comment on column watches.name is 'The name she gave it; subjects begin with it.';
comment on column watches.query is 'In the language of news.query.';
comment on column watches.rhythm is 'When matches become mail: at_once, hourly, daily, weekly.';
comment on column watches.kinds is 'What counts: new, follow_up, edited, deleted, picked_up, first_mention.';
comment on column watches.outlets is 'Names of outlets; empty: all.';
comment on column watches.regions is 'Regions of outlets; empty: all.';
comment on column watches.languages is 'ISO 639-1 codes; empty: all.';
comment on column watches.timezone is 'IANA name of the reader''s zone.';
comment on column watches.hour is 'Local hour of daily and weekly digests.';
comment on column watches.weekday is 'Day of weekly digests, Monday is 0.';
comment on column watches.quiet_from is 'Local time from which nothing is sent; null: no quiet hours.';
comment on column watches.quiet_until is 'Local time at which sending begins again; may lie on the next day.';
comment on column watches.picked_up_by is 'How many outlets make a story "picked up"; 0: never.';
comment on column watches.settle_minutes is 'A picked-up mail waits until no further copy has come for so long, so that it lists them all; 0: at once.';
comment on column watches.mail_language is 'Language of the mail''s own words.';
comment on column watches.mute_until is 'Matches before this moment are not mailed.';
comment on column watches.expires is 'From this moment on the watch is over.';
comment on column watches.paused is 'True: matches are kept, not mailed.';
comment on column watches.last_hit_at is 'When an article last fitted, mailed or not: the basis of first mentions.';
comment on column watches.created_at is 'When it was saved first.';
comment on column watches.changed_at is 'When it was saved last.';

create table addresses (
    address text primary key check (address <> ''),
    domain text not null default '',
    state text not null default 'ok' check (state in ('ok', 'paused')),
    reason text not null default '',
    since timestamptz not null default now(),
    told_operator boolean not null default false
);
comment on table addresses is 'Where alerts go: mail addresses, or Apprise URLs.';
comment on column addresses.address is 'local@domain, or an Apprise URL (which may hold a secret: never shown whole).';
comment on column addresses.domain is 'The part that rate limits count by.';
comment on column addresses.state is 'ok, or paused after a bounce or a permanent refusal.';
comment on column addresses.reason is 'Why it is paused, in the server''s words.';
comment on column addresses.since is 'Since when the state is so.';
comment on column addresses.told_operator is 'Whether the operator has been told that it is paused.';

create table subscriptions (
    watch_id bigint not null references watches on delete cascade,
    address text not null references addresses,
    since timestamptz not null default now(),
    ended_at timestamptz,
    primary key (watch_id, address)
);
create index subscriptions_address on subscriptions (address);
comment on table subscriptions is 'Which address gets which watch.';
comment on column subscriptions.watch_id is 'The watch.';
comment on column subscriptions.address is 'The address.';
comment on column subscriptions.since is 'Since when.';
comment on column subscriptions.ended_at is 'When its reader unsubscribed; null: still subscribed.';

create table match_queue (
    id bigint generated always as identity primary key,
    article_id bigint not null references article_urls on delete cascade,
    version int not null check (version >= 1),
    at timestamptz not null default now()
);
create index match_queue_article on match_queue (article_id);
comment on table match_queue is 'New articles and changes that no watch has looked at yet. Filled in the transaction that loads them, emptied in the one that keeps the matches.';
comment on column match_queue.id is 'Internal number.';
comment on column match_queue.article_id is 'The article.';
comment on column match_queue.version is '1: a new article; else the number of the revision.';
comment on column match_queue.at is 'When its transaction began.';

create function queue_new_articles() returns trigger language plpgsql as $$
begin
    insert into match_queue (article_id, version) select id, 1 from fresh order by id;
    perform pg_notify('khabar_match', '');
    return null;
end $$;
comment on function queue_new_articles() is 'Queues articles for matching, whoever loads them, and wakes the matcher.';
create trigger queue_new_articles after insert on article_urls
    referencing new table as fresh for each statement execute function queue_new_articles();

create function queue_revisions() returns trigger language plpgsql as $$
begin
    insert into match_queue (article_id, version)
        select article_id, number from fresh where kind in ('edit', 'deletion') order by article_id, number;
    perform pg_notify('khabar_match', '');
    return null;
end $$;
comment on function queue_revisions() is 'Queues edits and deletions for matching; our own corrections and returns are no news.';
create trigger queue_revisions after insert on revisions
    referencing new table as fresh for each statement execute function queue_revisions();

create table matches (
    id bigint generated always as identity primary key,
    watch_id bigint not null references watches on delete cascade,
    story_id bigint not null,
    kind text not null check (kind in ('new', 'follow_up', 'edited', 'deleted', 'picked_up', 'first_mention')),
    occasion text not null default '',
    article_id bigint not null references article_urls on delete cascade,
    version int not null default 1,
    terms text[] not null default '{}',
    excerpt text not null default '',
    at timestamptz not null,
    unique (watch_id, story_id, kind, occasion)
);
create index matches_article on matches (article_id);
create index matches_story on matches (story_id);
create index matches_watch on matches (watch_id, id desc);
comment on table matches is 'Stories that fitted a watch.';
comment on column matches.id is 'Internal number.';
comment on column matches.watch_id is 'The watch.';
comment on column matches.story_id is 'The story: the id of its first article.';
comment on column matches.kind is 'What happened to the story.';
comment on column matches.occasion is 'What tells two events of a kind apart: the follow-up''s article, the edit''s version; empty where a story has only one.';
comment on column matches.article_id is 'The article that fitted.';
comment on column matches.version is 'Its version that fitted.';
comment on column matches.terms is 'The words that matched, as they stand in the text.';
comment on column matches.excerpt is 'The best passage around them.';
comment on column matches.at is 'When it was matched.';

create table alerts (
    id bigint generated always as identity primary key,
    message_id text not null unique,
    address text not null references addresses,
    domain text not null default '',
    template text not null,
    watches text[] not null default '{}',
    articles bigint[] not null default '{}',
    story_id bigint,
    parent text,
    subject text not null,
    raw bytea not null,
    made_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'dropped')),
    attempts int not null default 0 check (attempts >= 0),
    next_try_at timestamptz not null,
    last_outcome text not null default '',
    last_said text not null default '',
    sent_at timestamptz,
    check ((state = 'sent') = (sent_at is not null))
);
create index alerts_due on alerts (next_try_at, id) where state = 'waiting';
create index alerts_thread on alerts (address, story_id, id);
create index alerts_rate on alerts (sent_at, domain) where state = 'sent';
create index alerts_articles on alerts using gin (articles);
comment on table alerts is 'The outbox: whole messages, written in the transaction that found their reason, sent later.';
comment on column alerts.id is 'Internal number.';
comment on column alerts.message_id is 'The Message-ID, angle brackets included; follows from what the mail is about.';
comment on column alerts.address is 'To whom.';
comment on column alerts.domain is 'The part of the address that rate limits count by.';
comment on column alerts.template is 'story, edit, deletion, digest or operator.';
comment on column alerts.watches is 'Names of the watches that speak in it.';
comment on column alerts.articles is 'Articles it quotes: forgetting an article finds its mails here.';
comment on column alerts.story_id is 'The story it is about; null for digests.';
comment on column alerts.parent is 'Message-ID of the first mail of its thread.';
comment on column alerts.subject is 'Its subject.';
comment on column alerts.raw is 'The message as it goes over the wire; emptied some time after it was sent.';
comment on column alerts.made_at is 'When it was written.';
comment on column alerts.state is 'waiting, sent, or dropped (refused for good).';
comment on column alerts.attempts is 'Attempts so far.';
comment on column alerts.next_try_at is 'Not to be sent before.';
comment on column alerts.last_outcome is 'How the last attempt ended, in one word.';
comment on column alerts.last_said is 'The server''s words at the last attempt.';
comment on column alerts.sent_at is 'When the server had accepted it.';

create table deliveries (
    match_id bigint not null references matches on delete cascade,
    address text not null references addresses,
    due_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'written', 'skipped')),
    reason text not null default '',
    alert_id bigint references alerts on delete set null,
    primary key (match_id, address),
    check ((state = 'skipped') = (reason <> ''))
);
create index deliveries_due on deliveries (due_at) where state = 'waiting';
create index deliveries_address on deliveries (address);
create index deliveries_alert on deliveries (alert_id);
comment on table deliveries is 'One match for one address: waiting for its digest or the end of quiet hours, written into a mail, or skipped with a reason.';
comment on column deliveries.match_id is 'The match.';
comment on column deliveries.address is 'The address.';
comment on column deliveries.due_at is 'When it becomes mail.';
comment on column deliveries.state is 'waiting, written or skipped.';
comment on column deliveries.reason is 'Why it was skipped.';
comment on column deliveries.alert_id is 'The mail that tells it.';

create table told (
    address text not null references addresses,
    story_id bigint not null,
    kind text not null,
    occasion text not null default '',
    alert_id bigint references alerts on delete set null,
    at timestamptz not null,
    primary key (address, story_id, kind, occasion)
);
create index told_alert on told (alert_id);
comment on table told is 'What an address has been told: nothing twice, whichever of its watches fitted.';
comment on column told.address is 'The address.';
comment on column told.story_id is 'The story.';
comment on column told.kind is 'What happened to it; new and first_mention are told as one: new.';
comment on column told.occasion is 'As in matches.';
comment on column told.alert_id is 'The mail that told it.';
comment on column told.at is 'When that was written.';

create table skipped (
    day date not null,
    reason text not null,
    count bigint not null default 0 check (count >= 0),
    primary key (day, reason)
);
comment on table skipped is 'How many mails were not written, by day and reason.';
comment on column skipped.day is 'UTC day.';
comment on column skipped.reason is 'paused, muted, expired, unsubscribed, address_paused, already_told, too_old, copy...';
comment on column skipped.count is 'How many.';
