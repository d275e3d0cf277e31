-- name: drop_edges
-- The edges of articles that were judged anew lapse; those to articles outside the look-back stay, unless the text itself has changed.
delete from story_edges where (left_id = any (%(changed)s::bigint[]) or right_id = any (%(changed)s::bigint[]))
or (left_id = any (%(touched)s::bigint[]) and right_id in (select article_id from fingerprints where article_id = right_id and day >= %(since)s))
or (right_id = any (%(touched)s::bigint[]) and left_id in (select article_id from fingerprints where article_id = left_id and day >= %(since)s))
returning left_id, right_id

-- name: add_edges
-- Keeps edges.
insert into story_edges (left_id, right_id, kind, score, share, left_cover, right_cover) values %s
on conflict (left_id, right_id) do update set kind = excluded.kind, score = excluded.score, share = excluded.share,
    left_cover = excluded.left_cover, right_cover = excluded.right_cover

-- name: edges
-- All edges of some articles.
select left_id, right_id, kind, score, share, left_cover, right_cover from story_edges
where left_id = any (%(articles)s::bigint[]) or right_id = any (%(articles)s::bigint[]) order by 1, 2

-- name: companions
-- Articles in the same stories as some articles, and those whose texts an edge of the same report joins to them.
select others.article_id from story_members mine join story_members others using (story_id)
where mine.article_id = any (%(articles)s::bigint[]) and mine.role = 'member' and others.role = 'member'
union select right_id from story_edges where left_id = any (%(articles)s::bigint[]) and kind <> 'updates'
union select left_id from story_edges where right_id = any (%(articles)s::bigint[]) and kind <> 'updates'
union select right_id from story_verdicts where left_id = any (%(articles)s::bigint[]) and same
union select left_id from story_verdicts where right_id = any (%(articles)s::bigint[]) and same

-- name: article_at
-- Which article stands at a canonical URL.
select id from article_urls where key = url_key(%(url)s)

-- name: verdicts
-- What people have said of some articles.
select left_id, right_id, same from story_verdicts
where left_id = any (%(articles)s::bigint[]) or right_id = any (%(articles)s::bigint[]) order by 1, 2

-- name: say_verdicts
-- Remembers what somebody says of pairs of articles, in place of what was said before.
insert into story_verdicts (left_id, right_id, same, said_at)
select least(one, other), greatest(one, other), %(same)s, %(now)s from unnest(%(ones)s::bigint[], %(others)s::bigint[]) as pair (one, other)
on conflict (left_id, right_id) do update set same = excluded.same, said_at = excluded.said_at

-- name: rematch
-- Puts the leads of stories into the queue of what is matched against the watches.
with queued as (
    insert into match_queue (article_id, version) select lead_id, 1 from stories where id = any (%(stories)s::bigint[]) order by lead_id returning 1
)
select count(*), pg_notify('khabar_match', '') from queued

-- name: docs
-- What stories are formed of.
select articles.id, articles.title, articles.body, articles.language, articles.published_at, articles.credit, articles.deleted_at is not null,
    outlets.name, outlets.title, article_urls.url
from article_urls join articles on articles.id = article_urls.id and articles.at = article_urls.at join outlets on outlets.id = articles.outlet_id
where article_urls.id = any (%(articles)s::bigint[]) order by articles.id

-- name: homes
-- The stories of some articles, with their leads and reasons.
select story_members.article_id, stories.id, stories.lead_id, stories.reason
from story_members join stories on stories.id = story_members.story_id
where story_members.article_id = any (%(articles)s::bigint[]) and story_members.role = 'member'

-- name: members
-- Who is in a story, by role.
select role, article_id from story_members where story_id = %(story)s order by article_id

-- name: new_stories
-- Makes stories, in the order of their leads.
insert into stories (lead_id, reason, formed_at, changed_at)
select lead, why, %(now)s, %(now)s from unnest(%(leads)s::bigint[], %(reasons)s::text[]) with ordinality as made (lead, why, place) order by place
returning id, lead_id

-- name: change_story
-- Gives stories another lead, reason or members.
update stories set lead_id = made.lead, reason = made.why, changed_at = %(now)s
from unnest(%(stories)s::bigint[], %(leads)s::bigint[], %(reasons)s::text[]) as made (story, lead, why) where stories.id = made.story

-- name: leave
-- Takes articles out of the stories they are in.
delete from story_members where article_id = any (%(articles)s::bigint[])

-- name: join
-- Puts articles into stories.
insert into story_members (article_id, story_id, role) select * from unnest(%(articles)s::bigint[], %(stories)s::bigint[], %(roles)s::text[])

-- name: alias
-- A story that went into another one is found there.
insert into story_aliases (old_id, story_id, at) select old, new, %(now)s from unnest(%(old)s::bigint[], %(new)s::bigint[]) as gone (old, new)
on conflict (old_id) do update set story_id = excluded.story_id, at = excluded.at

-- name: move_aliases
-- And what had gone into that one as well.
update story_aliases set story_id = gone.new from unnest(%(old)s::bigint[], %(new)s::bigint[]) as gone (old, new) where story_aliases.story_id = gone.old

-- name: remove_stories
-- Removes stories without members.
delete from stories where id = any (%(stories)s::bigint[])

-- name: lead_times
-- When the leads of some stories appeared.
select stories.id, article_urls.at from stories join article_urls on article_urls.id = stories.lead_id
where stories.id = any (%(stories)s::bigint[])

-- name: drop_follow_ups
-- The links of stories that were formed anew lapse.
delete from story_follow_ups where later_id = any (%(stories)s::bigint[]) or earlier_id = any (%(stories)s::bigint[])
returning later_id, earlier_id

-- name: add_follow_ups
-- Links stories that carry earlier ones on.
insert into story_follow_ups (later_id, earlier_id, score) values %s
on conflict (later_id, earlier_id) do update set score = greatest(story_follow_ups.score, excluded.score)

-- name: current
-- Where a story is now: itself, or the one that took it in.
select coalesce((select id from stories where id = %(story)s), (select story_id from story_aliases where old_id = %(story)s))
