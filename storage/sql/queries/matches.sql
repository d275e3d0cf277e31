-- name: facts
-- The stories of articles: how many outlets tell each or its event, as far as that is known, and which stories it carries on, the closest first.
select homes.article_id, homes.story_id,
    (select count(distinct article_urls.outlet_id) from story_members join article_urls on article_urls.id = story_members.article_id
     where story_members.story_id = homes.story_id or story_members.story_id in (
        select others.story_id from story_events as own join story_events as others using (event_id) where own.story_id = homes.story_id)),
    array(select earlier_id from story_follow_ups where later_id = homes.story_id order by score desc, earlier_id)
from story_members as homes
where homes.role = 'member' and homes.article_id = any (%(articles)s)

-- name: prior
-- Which watches have matched which stories before, under this id, under the id of a story that was taken in, or by a member.
with asked as (select distinct unnest(%(stories)s::bigint[]) as story_id),
    ids as (select story_id, story_id as known from asked union select story_id, old_id from asked join story_aliases using (story_id))
select matches.watch_id, ids.story_id from ids join matches on matches.story_id = ids.known
where matches.kind = any (%(kinds)s)
union
select matches.watch_id, asked.story_id from asked join story_members using (story_id) join matches using (article_id)
where matches.kind = any (%(kinds)s)

-- name: copies
-- The members of stories, one for each outlet, in the order in which they came.
select story_members.story_id, article_urls.id, outlets.id,
    coalesce(nullif(outlets.title, ''), outlets.name), article_urls.url, coalesce(articles.published_at, articles.first_seen_at) as first_seen
from story_members
join article_urls on article_urls.id = story_members.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = article_urls.outlet_id
where story_members.story_id = any (%(stories)s) and articles.deleted_at is null
order by story_members.story_id, first_seen, outlets.id, article_urls.id

-- name: save
-- Keeps matches; those known already change nothing. Returns the new ones.
insert into matches (watch_id, story_id, kind, occasion, article_id, version, terms, excerpt, at)
values %s
on conflict (watch_id, story_id, kind, occasion) do nothing
returning id, watch_id, story_id, kind, occasion

-- name: record_hits
-- Remembers when a watch last fitted anything.
update watches set last_hit_at = greatest(watches.last_hit_at, hits.at) from (values %s) as hits (id, at) where watches.id = hits.id
