-- name: lock
-- One at a time links stories into events.
select pg_advisory_xact_lock(%(lock)s)

-- name: due
-- Stories of the look-back whose lead has no vector yet, the newest first; of all, or of some articles.
select stories.id, articles.id, articles.title, articles.body, articles.language, articles.published_at, articles.at::date
from stories
join article_urls on article_urls.id = stories.lead_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
left join story_vectors on story_vectors.story_id = stories.id
where articles.at >= %(since)s and story_vectors.lead_id is distinct from stories.lead_id
    and (%(articles)s::bigint[] is null or stories.id in (
        select story_id from story_members where role = 'member' and article_id = any (%(articles)s)))
order by articles.at desc, stories.id desc limit %(limit)s

-- name: save
-- Keeps vectors.
insert into story_vectors (story_id, day, lead_id, vector, marks) values %s
on conflict (story_id) do update set day = excluded.day, lead_id = excluded.lead_id, vector = excluded.vector, marks = excluded.marks

-- name: drop
-- Forgets vectors that no look-back reaches any more; the events stay.
delete from story_vectors where day < %(before)s

-- name: vectors
-- All vectors of the look-back.
select story_vectors.story_id, story_vectors.vector, story_vectors.marks, articles.language, articles.published_at
from story_vectors
join article_urls on article_urls.id = story_vectors.lead_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
order by story_vectors.story_id

-- name: leave
-- Takes stories out of their events.
delete from story_events where story_id = any (%(stories)s::bigint[])

-- name: join
-- Puts stories into events.
insert into story_events (story_id, event_id) select * from unnest(%(stories)s::bigint[], %(events)s::bigint[])

-- name: of_stories
-- The events of stories, by the id a story has now.
select story_id, event_id from story_events where story_id = any (%(stories)s)

-- name: tellings
-- The stories of events with their leading articles, the oldest first; none that was taken down.
select story_events.event_id, story_events.story_id, stories.lead_id
from story_events
join stories on stories.id = story_events.story_id
join article_urls on article_urls.id = stories.lead_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
where story_events.event_id = any (%(events)s) and articles.deleted_at is null
order by 1, coalesce(articles.published_at, articles.first_seen_at), 2

-- name: widened
-- Watches' first matches of events, how many outlets tell each event and when the last one did; without those that are known as picked up.
with homes as (
        select matches.*, coalesce(story_members.story_id, -matches.article_id) as home_id,
            coalesce(story_events.event_id, story_members.story_id, -matches.article_id) as event_id
        from matches
        left join story_members on story_members.article_id = matches.article_id and story_members.role = 'member'
        left join story_events on story_events.story_id = story_members.story_id
        where matches.watch_id = any (%(watches)s) and (matches.kind = 'picked_up' or matches.kind = any (%(kinds)s))),
    opened as (
        select * from homes
        where at > %(since)s and kind = any (%(kinds)s) and not exists (
            select from homes as known
            where known.kind = 'picked_up' and known.watch_id = homes.watch_id and known.event_id = homes.event_id)),
    tellings as (
        select event_id, home_id as story_id from opened
        union
        select event_id, story_id from story_events where event_id in (select event_id from opened)),
    outlets as (
        select tellings.event_id, count(distinct article_urls.outlet_id) as number,
            max(coalesce(articles.published_at, articles.first_seen_at)) as newest_at
        from tellings
        join story_members on story_members.story_id = tellings.story_id
        join article_urls on article_urls.id = story_members.article_id
        join articles on articles.id = article_urls.id and articles.at = article_urls.at
        group by 1)
select distinct on (opened.watch_id, opened.event_id)
    opened.watch_id, outlets.number, outlets.newest_at, opened.home_id, opened.article_id, opened.version, opened.terms, opened.excerpt
from opened
join outlets using (event_id)
order by opened.watch_id, opened.event_id, opened.id

-- name: a_day
-- How many events watches matched in stretches of 24 hours: (watch, age in days, age of the watch's first match, number).
with counted as (
        select matches.watch_id, floor(extract(epoch from %(now)s - matches.at) / 86400)::int as age,
            coalesce(story_events.event_id, case when matches.kind = 'follow_up' then matches.occasion::bigint else matches.story_id end) as event_id
        from matches
        left join story_events
            on story_events.story_id = case when matches.kind = 'follow_up' then matches.occasion::bigint else matches.story_id end
        where matches.watch_id = any (%(watches)s) and matches.kind in ('new', 'follow_up') and matches.at <= %(now)s),
    firsts as (
        select watch_id, max(age) as age from counted group by 1)
select counted.watch_id, counted.age, firsts.age, count(distinct counted.event_id)
from counted join firsts using (watch_id)
where counted.age < %(days)s
group by 1, 2, 3

-- name: crowd
-- What a watch matched in the last 24 hours, one match of each event, the one with most outlets first.
select story_id, article_id, version, terms, excerpt
from (
    select distinct on (event_id) story_id, article_id, version, terms, excerpt, carried, id
    from (
        select matches.*, coalesce(story_events.event_id, matches.story_id) as event_id,
            (select count(*) from story_members where story_members.story_id = homes.story_id) as carried
        from matches
        left join story_members as homes on homes.article_id = matches.article_id and homes.role = 'member'
        left join story_events on story_events.story_id = homes.story_id
        where matches.watch_id = %(watch)s and matches.kind in ('new', 'follow_up')
          and matches.at <= %(now)s and matches.at > %(now)s - interval '24 hours'
    ) as fresh
    order by event_id, carried desc, id
) as events
order by carried desc, id
limit %(limit)s

-- name: last_spikes
-- When watches last had a spike.
select watch_id, max(at) from matches where watch_id = any (%(watches)s) and kind = 'spike' group by 1

-- name: arrivals
-- When each outlet was first found to tell a story, or another one of its event: (story, outlet, moment).
with asked as (
        select unnest(%(stories)s::bigint[]) as story_id),
    tellings as (
        select story_id, story_id as told_by from asked
        union
        select asked.story_id, others.story_id
        from asked join story_events as own using (story_id) join story_events as others using (event_id))
select tellings.story_id, outlets.name, min(articles.first_seen_at)
from tellings
join story_members on story_members.story_id = tellings.told_by
join article_urls on article_urls.id = story_members.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = article_urls.outlet_id
group by 1, 2
