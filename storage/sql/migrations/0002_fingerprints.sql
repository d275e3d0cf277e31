-- Copies and stories: fingerprints of the last days, what they found related, the stories formed of it, events of several stories.
-- Partitions of days are made by the program (storage/fingerprints.py): a migration has no clock.

create table fingerprints (
    article_id bigint not null,
    day date not null,
    words bytea not null,
    primary key (article_id, day)
) partition by range (day);
alter table fingerprints alter column words set storage external;
comment on table fingerprints is 'What is kept of a text to compare it exactly with others, for the days of the look-back. Daily partitions, dropped whole.';
comment on column fingerprints.article_id is 'article_urls.id. No foreign key, for speed: the trigger on article_urls does its work.';
comment on column fingerprints.day is 'The day (UTC) it was taken in: names the partition.';
comment on column fingerprints.words is 'Hashes of the words in their order, 4 bytes each, little-endian.';

create table fingerprint_keys (
    key bigint not null,
    article_id bigint not null,
    day date not null
) partition by range (day);
create index fingerprint_keys_key on fingerprint_keys using hash (key);
comment on table fingerprint_keys is 'The way from a shingle to the articles that bear it: a hash index a day. Daily partitions, dropped whole.';
comment on column fingerprint_keys.key is 'Hash of four words, winnowed (64 bits, signed).';
comment on column fingerprint_keys.article_id is 'fingerprints.article_id; one that is no longer there is passed over.';
comment on column fingerprint_keys.day is 'The day (UTC) it was taken in.';

create table fingerprint_filters (
    day date primary key,
    bits bytea not null,
    articles bigint not null check (articles >= 0)
);
alter table fingerprint_filters alter column bits set storage external;
comment on table fingerprint_filters is 'A Bloom filter over the keys of each finished day, so that a key is looked for only in days that have it.';
comment on column fingerprint_filters.day is 'The day.';
comment on column fingerprint_filters.bits is 'The filter, a power of two of bits.';
comment on column fingerprint_filters.articles is 'How many articles the day has.';

create table boilerplate (
    key bigint primary key,
    found_at timestamptz not null,
    seen_on date not null
);
comment on table boilerplate is 'Shingles that unrelated articles have in common: disclaimers, newsletter boxes, turns of phrase. They prove nothing.';
comment on column boilerplate.key is 'As in fingerprint_keys.';
comment on column boilerplate.found_at is 'When it was found out.';
comment on column boilerplate.seen_on is 'The last day on which an article bore it, give or take a day.';

create function forget_fingerprint() returns trigger
language plpgsql
as $$ begin delete from fingerprints where article_id = old.id; return null; end $$;
comment on function forget_fingerprint() is 'Removes the fingerprint of an article that is removed.';
create trigger forget_fingerprint after delete on article_urls for each row execute function forget_fingerprint();

create table story_edges (
    left_id bigint not null references article_urls on delete cascade,
    right_id bigint not null references article_urls on delete cascade,
    kind text not null check (kind in ('copy_of', 'contains', 'updates')),
    score real not null check (score between 0 and 1),
    share real not null check (share between 0 and 1),
    left_cover bigint not null,
    right_cover bigint not null,
    primary key (left_id, right_id),
    check (left_id <> right_id)
);
create index story_edges_right on story_edges (right_id);
comment on table story_edges is 'Pairs of articles with text in common, boilerplate left out of account.';
comment on column story_edges.left_id is 'The copy (copy_of), or the larger text (contains, updates).';
comment on column story_edges.right_id is 'The other one.';
comment on column story_edges.kind is 'copy_of: most of either is in the other; contains: most of the right is in the left; updates: they share passages.';
comment on column story_edges.score is 'Share of the smaller text''s shingles that stand in the larger.';
comment on column story_edges.share is 'Share of the larger text''s shingles that stand in the smaller.';
comment on column story_edges.left_cover is 'Which of the left text''s 64 parts are common text: a bit each, its beginning lowest.';
comment on column story_edges.right_cover is 'The same of the right text.';

create table stories (
    id bigint generated always as identity primary key,
    lead_id bigint references article_urls on delete set null,
    reason text not null,
    formed_at timestamptz not null,
    changed_at timestamptz not null
);
create index stories_lead on stories (lead_id);
comment on table stories is 'The same report in any number of outlets. A story keeps its id while it grows and shrinks.';
comment on column stories.id is 'The story''s id everywhere.';
comment on column stories.lead_id is 'The article that is the report itself; null for the moment after its removal.';
comment on column stories.reason is 'Why it leads, in words to show.';
comment on column stories.formed_at is 'When the story came to be.';
comment on column stories.changed_at is 'When its members or its lead last changed.';

create table story_members (
    article_id bigint not null references article_urls on delete cascade,
    story_id bigint not null references stories on delete cascade,
    role text not null default 'member' check (role in ('member', 'quotes')),
    primary key (article_id, story_id)
);
create unique index story_members_home on story_members (article_id) where role = 'member';
create index story_members_story on story_members (story_id);
comment on table story_members is 'Which articles tell a story. Every article of the archive is a member of exactly one.';
comment on column story_members.article_id is 'The article.';
comment on column story_members.story_id is 'The story.';
comment on column story_members.role is 'member: this is its story; quotes: a digest or merged wire that carries this report among others.';

create table story_aliases (
    old_id bigint primary key,
    story_id bigint not null references stories on delete cascade,
    at timestamptz not null
);
create index story_aliases_story on story_aliases (story_id);
comment on table story_aliases is 'Stories that turned out to be part of another one, so that links and mails about them still lead somewhere.';
comment on column story_aliases.old_id is 'The id that is gone.';
comment on column story_aliases.story_id is 'The story that took its articles in.';
comment on column story_aliases.at is 'When.';

create table story_follow_ups (
    later_id bigint not null references stories on delete cascade,
    earlier_id bigint not null references stories on delete cascade,
    score real not null check (score between 0 and 1),
    primary key (later_id, earlier_id),
    check (later_id <> earlier_id)
);
create index story_follow_ups_earlier on story_follow_ups (earlier_id);
comment on table story_follow_ups is 'Stories that carry an earlier one on: later, with passages of it.';
comment on column story_follow_ups.later_id is 'The follow-up.';
comment on column story_follow_ups.earlier_id is 'What it follows.';
comment on column story_follow_ups.score is 'The largest share of common text between two of their articles.';

create table story_events (
    story_id bigint primary key references stories on delete cascade,
    event_id bigint not null
);
create index story_events_event on story_events (event_id);
comment on table story_events is 'Stories of one event, in other words or other languages. A separate level: it never joins stories.';
comment on column story_events.story_id is 'The story.';
comment on column story_events.event_id is 'The smallest story id of the event when it was formed; stories with the same number tell of one event.';

create table story_vectors (
    story_id bigint primary key references stories on delete cascade,
    day date not null,
    lead_id bigint not null,
    vector bytea not null,
    marks text[] not null default '{}'
);
create index story_vectors_day on story_vectors (day);
comment on table story_vectors is 'What events are found by: a sentence vector, the names and the numbers in each story''s lead, for the days of the look-back.';
comment on column story_vectors.story_id is 'The story.';
comment on column story_vectors.day is 'The day (UTC) of the lead.';
comment on column story_vectors.lead_id is 'The article it was made of; another lead makes it anew.';
comment on column story_vectors.vector is '32-bit floats, little-endian, of length 1.';
comment on column story_vectors.marks is 'Keys of names, equal across scripts, and numbers.';
