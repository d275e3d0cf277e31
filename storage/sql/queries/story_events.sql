-- name: lock
-- One at a time links stories into events.
select pg_advisory_xact_lock(%(lock)s)

-- name: due
-- Stories of the look-back whose lead has no vector yet, the newest first.
select stories.id, articles.id, articles.title, articles.body, articles.language, articles.published_at, articles.at::date
from stories
join article_urls on article_urls.id = stories.lead_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
left join story_vectors on story_vectors.story_id = stories.id
where articles.at >= %(since)s and story_vectors.lead_id is distinct from stories.lead_id
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
select story_vectors.story_id, story_vectors.vector, story_vectors.marks, articles.published_at
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
