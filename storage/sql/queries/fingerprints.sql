-- name: lock
-- One at a time forms stories: what it finds depends on what is in the window.
select pg_advisory_xact_lock(%(lock)s)

-- name: days
-- The days that are there, with whether each has its filter, oldest first.
select (regexp_match(c.relname, '(\d{4}_\d{2}_\d{2})$'))[1] as day, f.day is not null
from pg_inherits h join pg_class c on c.oid = h.inhrelid
left join fingerprint_filters f on f.day = to_date((regexp_match(c.relname, '(\d{4}_\d{2}_\d{2})$'))[1], 'YYYY_MM_DD')
where h.inhparent = 'fingerprint_keys'::regclass order by 1

-- name: make_day
-- A day's table of its own; it is attached next, since that lock lets readers and writers of the other days go on.
create table {name} (like {table} including defaults including constraints including storage including comments,
    constraint day_only check (day >= {start} and day < {end}))

-- name: attach_day
-- The table becomes the day's partition and gets the indexes of the whole.
alter table {table} attach partition {name} for values from ({start}) to ({end})

-- name: unconstrain_day
-- The partition's bounds say the same.
alter table {name} drop constraint day_only

-- name: describe_day
-- A word on what it is.
comment on table {name} is {words}

-- name: drop_day
-- Forgets a day that no look-back reaches any more.
drop table if exists {name}

-- name: drop_filter
-- And its filter.
delete from fingerprint_filters where day = %(day)s

-- name: day_keys
-- All keys of a day in one value.
select string_agg(int8send(key), ''::bytea), count(distinct article_id) from {name}

-- name: save_filter
-- Keeps a day's filter.
insert into fingerprint_filters (day, bits, articles) values (%(day)s, %(bits)s, %(articles)s) on conflict (day) do nothing

-- name: filters
-- The filters of some days, in binary: megabytes each, which hexadecimal digits would double.
copy (select day, bits from fingerprint_filters where day = any ({days}::date[])) to stdout (format binary)

-- name: bearers
-- Who bears each of some keys in one day. The fence makes it one probe of the hash index a key, whatever the planner believes.
select found.key, found.article_id
from unnest(%(keys)s::bigint[]) as wanted (key), lateral (select key, article_id from {name} where {name}.key = wanted.key offset 0) as found

-- name: prints
-- The words of some articles, as far as the look-back goes.
select distinct on (article_id) article_id, words from fingerprints
where article_id = any (%(articles)s::bigint[]) and day >= %(since)s order by article_id, day desc

-- name: outdated
-- Articles of the look-back whose fingerprints an earlier version made, the newest first.
select article_id from fingerprints where version < %(version)s and day >= %(since)s order by day desc, article_id limit %(most)s

-- name: uncompared
-- Articles of the look-back that were not compared with the others since their fingerprints changed, the oldest first.
select article_id from fingerprints where compared < %(version)s and day >= %(since)s order by day, article_id limit %(most)s

-- name: waiting
-- How many articles of the look-back wait for their fingerprints to be made anew, and how many to be compared after that.
select count(*) filter (where version < %(version)s), count(*) filter (where version >= %(version)s and compared < %(version)s)
from fingerprints where day >= %(since)s

-- name: stored
-- The days and words of some articles.
select article_id, day, words from fingerprints where article_id = any (%(articles)s::bigint[]) and day >= %(since)s order by article_id

-- name: mark_made
-- What reads in this version as it did before is of this version.
update fingerprints set version = %(version)s, compared = %(version)s where article_id = any (%(articles)s::bigint[])

-- name: mark_uncompared
-- What reads otherwise is to be compared with the others.
update fingerprints set compared = 1 where article_id = any (%(articles)s::bigint[])

-- name: mark_compared
-- It has been.
update fingerprints set compared = %(version)s where article_id = any (%(articles)s::bigint[])

-- name: forget_keys
-- Removes the keys of an article whose text has changed.
delete from fingerprint_keys where key = any (%(keys)s::bigint[]) and article_id = %(article)s

-- name: forget_words
-- Removes articles whose text has changed, or which are gone.
delete from fingerprints where article_id = any (%(articles)s::bigint[])

-- name: masked
-- Which of some keys are boilerplate.
select key from boilerplate where key = any (%(keys)s::bigint[])

-- name: all_masked
-- All boilerplate in one value.
select string_agg(int8send(key), ''::bytea) from boilerplate

-- name: mask
-- Remembers boilerplate.
insert into boilerplate (key, found_at, seen_on) select key, %(now)s, %(day)s from unnest(%(keys)s::bigint[]) as found (key) on conflict (key) do nothing

-- name: see_masked
-- Boilerplate that is still in use is kept.
update boilerplate set seen_on = %(day)s where key = any (%(keys)s::bigint[]) and seen_on < %(day)s - 7

-- name: unmask
-- Forgets boilerplate that nobody has borne for long.
delete from boilerplate where seen_on < %(since)s
