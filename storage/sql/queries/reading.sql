-- name: read_only
-- Nothing is written in this transaction.
set transaction read only

-- name: ping
-- Asks whether the server answers.
select 1

-- name: articles_by_id
-- Articles with their outlets, for lists.
select a.id, a.at, a.title, a.standfirst, left(a.body, 400) as opening, a.language, a.published_at, a.published_offset, a.first_seen_at, a.edits,
    a.deleted_at, a.credit, a.words, a.kind, o.name as outlet, o.title as outlet_title, o.country, u.url
from article_urls u join articles a using (id, at) join outlets o on o.id = a.outlet_id
where u.id = any (%(ids)s)

-- name: article
-- One article, whole.
select a.*, o.name as outlet, o.title as outlet_title, o.country, o.region, o.timezone, u.url, u.checked_at, u.page_digest, r.name as run
from article_urls u join articles a using (id, at) join outlets o on o.id = a.outlet_id join runs r on r.id = a.run_id
where u.id = %(id)s

-- name: revisions
-- An article's changes, newest first.
select v.number, v.seen_at, v.kind, v.silent, v.note, v.signed, v.changes, v.before_title, v.before_standfirst, v.before_body, v.before_shape,
    v.before_extractor, r.name as run
from revisions v left join runs r on r.id = v.run_id where v.article_id = %(id)s order by v.number desc

-- name: newest_articles
-- Articles by their own time, newest first, from a cursor on.
select a.id from articles a
where (%(at)s::timestamptz is null or (a.at, a.id) < (%(at)s, %(id)s)) and (%(outlet)s::text is null or a.outlet_id = (select id from outlets where name = %(outlet)s))
order by a.at desc, a.id desc limit %(limit)s

-- name: outlets
-- Every outlet with its last run and what it brought on each of the last fourteen days.
with last as (
    select distinct on (outlet_id) outlet_id, state, fetched, new, revised, deleted, rejected, loaded_at, runs.name as run
    from outlet_runs join runs on runs.id = outlet_runs.run_id order by outlet_id, run_id desc
), days as (
    select outlet_id, (%(today)s::date - loaded_at::date) as age, sum(new) as brought
    from outlet_runs where loaded_at >= %(today)s::date - 13 group by 1, 2
)
select o.name, o.title, o.region, o.country, o.languages, o.home, o.active, o.first_seen_at, last.state, last.fetched, last.new, last.revised, last.deleted,
    last.rejected, last.loaded_at, last.run,
    array(select coalesce((select brought from days where days.outlet_id = o.id and days.age = ago), 0)::int from generate_series(13, 0, -1) as ago) as days,
    (select first_seen_at from articles where outlet_id = o.id order by at desc, id desc limit 1) as newest
from outlets o left join last on last.outlet_id = o.id
where %(name)s::text is null or o.name = %(name)s
order by o.region, o.name

-- name: outlet_runs
-- How an outlet fared in its latest runs.
select r.name as run, o.name as outlet, o.title as outlet_title, x.state, x.fetched, x.new, x.revised, x.corrected, x.unchanged, x.deleted, x.returned,
    x.rejected, x.report, x.loaded_at
from outlet_runs x join runs r on r.id = x.run_id join outlets o on o.id = x.outlet_id
where o.name = %(name)s order by x.run_id desc limit %(limit)s

-- name: outlet_doors
-- An outlet's feeds, sitemaps and listings.
select doors.url, doors.state, doors.last_polled, doors.next_poll, doors.interval_seconds, doors.failures, doors.lies
from doors join outlets on outlets.id = doors.outlet_id where outlets.name = %(name)s order by doors.url

-- name: runs
-- The latest runs with their sums.
select r.name, r.started_at, r.finished_at, r.report, count(x.*) as outlets, coalesce(sum(x.fetched), 0) as fetched, coalesce(sum(x.new), 0) as new,
    coalesce(sum(x.revised), 0) as revised, coalesce(sum(x.deleted), 0) as deleted, count(*) filter (where x.state <> 'ok') as ailing
from runs r left join outlet_runs x on x.run_id = r.id
where %(name)s::text is null or r.name = %(name)s
group by r.id order by r.started_at desc limit %(limit)s

-- name: run_outlets
-- One run, outlet by outlet.
select r.name as run, o.name as outlet, o.title as outlet_title, x.state, x.fetched, x.new, x.revised, x.corrected, x.unchanged, x.deleted, x.returned,
    x.rejected, x.report, x.loaded_at
from outlet_runs x join outlets o on o.id = x.outlet_id join runs r on r.id = x.run_id
where r.name = %(name)s order by x.state = 'ok', o.name

-- name: article_events
-- What the journal says of an article.
select at, kind, detail from events where article_id = %(id)s order by at


-- name: newest_stories
-- Stories by their lead's own time, newest first, from a cursor on. The index on time is walked; articles that do not lead are passed over.
select s.id, a.id as lead, a.at
from articles a join stories s on s.lead_id = a.id
where (%(at)s::timestamptz is null or (a.at, a.id) < (%(at)s, %(lead)s))
order by a.at desc, a.id desc limit %(limit)s

-- name: stories_of
-- The stories that articles are members of.
select article_id, story_id from story_members where article_id = any (%(ids)s) and role = 'member'

-- name: story_sizes
-- How many articles and which outlets tell each story.
select m.story_id, count(*) as members, array_agg(distinct o.name) as outlets
from story_members m join article_urls u on u.id = m.article_id join outlets o on o.id = u.outlet_id
where m.story_id = any (%(ids)s) and m.role = 'member' group by 1

-- name: story
-- One story; an id that was taken up by another story leads there.
select s.id, s.lead_id, s.reason, s.formed_at, s.changed_at, e.event_id
from stories s left join story_events e on e.story_id = s.id
where s.id = coalesce((select story_id from story_aliases where old_id = %(id)s), %(id)s)

-- name: story_members
-- A story's articles by time, and how each relates to the lead.
select m.article_id as id, m.role, a.at,
    (select max(e.score) from story_edges e where (e.left_id, e.right_id) in ((m.article_id, %(lead)s), (%(lead)s, m.article_id))) as score
from story_members m join article_urls u on u.id = m.article_id join articles a on a.id = u.id and a.at = u.at
where m.story_id = %(id)s order by a.at, m.article_id limit 500

-- name: story_relations
-- Leads of the stories that carry this one on, those it carries on, and others of its event.
select 'later' as relation, s.id, s.lead_id, f.score from story_follow_ups f join stories s on s.id = f.later_id where f.earlier_id = %(id)s
union all
select 'earlier', s.id, s.lead_id, f.score from story_follow_ups f join stories s on s.id = f.earlier_id where f.later_id = %(id)s
union all
select 'event', s.id, s.lead_id, null from story_events e join stories s on s.id = e.story_id
where e.event_id = (select event_id from story_events where story_id = %(id)s) and e.story_id <> %(id)s
limit 200

-- name: story_matches
-- Which watches a story has matched.
select distinct w.name, m.kind, m.terms from matches m join watches w on w.id = m.watch_id where m.story_id = %(id)s order by w.name

-- name: trace_address
-- What the crawl and the archive know of addresses: which door named them, when they were asked for, the article there. Owners' removals too.
select u.url, o.name as outlet, o.title as outlet_title, c.door, c.first_seen, c.last_fetched, c.status, c.failures, c.next_check, c.published,
    l.id as article, t.buried_at, t.reason as buried_for
from unnest(%(urls)s::text[]) with ordinality as u (url, place)
left join article_urls l on l.key = url_key(u.url)
left join lateral (
    select crawl_urls.* from outlets as owner join crawl_urls on crawl_urls.outlet_id = owner.id and crawl_urls.key = url_key(u.url)
    order by crawl_urls.last_fetched desc nulls last limit 1
) as c on true
left join tombstones t on t.key = url_key(u.url)
left join outlets o on o.id = coalesce(l.outlet_id, c.outlet_id, t.outlet_id)
order by u.place

-- name: trace_pages
-- What became of the pages that were fetched at an address, newest first.
select p.fetched_at, p.status, p.outcome, p.detail, r.name as run
from pages p join runs r on r.id = p.run_id
where p.key = url_key(%(url)s) and p.fetched_at >= %(since)s order by p.fetched_at desc limit 5

-- name: trace_matches
-- Which watches an article's story has matched, and what became of each delivery.
select w.name as watch, m.kind, m.at, m.terms, m.article_id, d.address, d.state, d.reason, d.due_at, a.state as mail, a.sent_at, a.last_outcome
from matches m join watches w on w.id = m.watch_id
left join deliveries d on d.match_id = m.id left join alerts a on a.id = d.alert_id
where m.article_id = %(article)s or m.story_id = any (%(stories)s) order by m.at, w.name, d.address limit 200

-- name: is_waiting_to_be_matched
-- Whether an article's newest change has not been held against the watches yet.
select exists (select from match_queue where article_id = %(article)s)

-- name: happenings
-- What has been told since a moment, stories of one event as one, the newest day first and in it by weight: outlets, then languages.
with fresh as (
    select coalesce(e.event_id, -m.story_id) as happening, m.story_id, a.language, a.outlet_id, a.first_seen_at
    from articles a join story_members m on m.article_id = a.id and m.role = 'member' left join story_events e on e.story_id = m.story_id
    where a.at >= %(since)s::timestamptz - interval '3 days' and a.first_seen_at >= %(since)s
), weighed as (
    select mode() within group (order by story_id) as story_id, count(*) as articles, count(distinct outlet_id) as outlets,
        count(distinct story_id) as stories, array_agg(distinct language) as languages, max(first_seen_at) as newest
    from fresh group by happening
)
select w.*, s.lead_id, k.read_at, k.starred_at, coalesce(k.note, '') as note
from weighed w join stories s on s.id = w.story_id left join story_marks k on k.person = %(person)s and k.story_id = w.story_id
where not %(unread)s or k.read_at is null or k.read_at < w.newest
order by (w.newest at time zone %(zone)s)::date desc, w.outlets desc, cardinality(w.languages) desc, w.newest desc limit %(limit)s

-- name: starred
-- The stories that a person has starred, the last one first.
select s.id as story_id, s.lead_id, k.read_at, k.starred_at, k.note, z.articles, z.outlets, 1 as stories, z.languages, z.newest
from story_marks k join stories s on s.id = coalesce((select story_id from story_aliases where old_id = k.story_id), k.story_id)
cross join lateral (
    select count(*) as articles, count(distinct u.outlet_id) as outlets, array_agg(distinct a.language) as languages, max(a.first_seen_at) as newest
    from story_members m join article_urls u on u.id = m.article_id join articles a on a.id = u.id and a.at = u.at
    where m.story_id = s.id and m.role = 'member'
) as z
where k.person = %(person)s and k.starred_at is not null order by k.starred_at desc limit %(limit)s
