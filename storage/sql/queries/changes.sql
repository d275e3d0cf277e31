-- name: lock
-- Matchers take turns: the second waits until the first has committed.
select pg_advisory_xact_lock(%(lock)s)

-- name: dequeue
-- Takes a batch out of the queue: the articles as they read now, and what an edit replaced.
with batch as (
    delete from match_queue where id in (select id from match_queue order by id limit %(limit)s for update skip locked)
    returning id, article_id, version, at
)
select batch.article_id, batch.version, batch.at, articles.at, articles.first_seen_at, articles.published_at, articles.title,
    articles.standfirst, articles.body, articles.language, articles.authors, articles.section, article_urls.url,
    outlets.name, outlets.title, outlets.region, outlets.country, articles.deleted_at,
    revisions.kind, revisions.before_title, revisions.before_standfirst, revisions.before_body, revisions.silent,
    case when articles.analyser = %(analyser)s then articles.terms::text else '' end
from batch
join article_urls on article_urls.id = batch.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = articles.outlet_id
left join revisions on revisions.article_id = batch.article_id and revisions.number = batch.version
order by batch.id

-- name: discard
-- Takes the first change out of the queue without reading its article.
delete from match_queue where id = (select id from match_queue order by id limit 1 for update skip locked)
returning article_id

-- name: recent
-- Articles since a moment, newest first, as they read when they were new. `tsquery` is what every answer meets as it reads now.
select articles.id, 1, articles.first_seen_at, articles.at, articles.first_seen_at, articles.published_at,
    coalesce(later.before_title, articles.title), coalesce(later.before_standfirst, articles.standfirst), coalesce(later.before_body, articles.body),
    articles.language, articles.authors, articles.section, article_urls.url,
    outlets.name, outlets.title, outlets.region, outlets.country, articles.deleted_at, null, null, null, null, false,
    case when articles.analyser = %(analyser)s and later.before_body is null then articles.terms::text else '' end
from articles join article_urls on article_urls.id = articles.id and article_urls.at = articles.at
join outlets on outlets.id = articles.outlet_id
left join lateral (
    select before_title, coalesce(before_standfirst, '') as before_standfirst, before_body from revisions
    where revisions.article_id = articles.id and before_body is not null
    order by number limit 1
) as later on true
where articles.at >= %(since)s and (%(tsquery)s::tsquery is null or articles.terms @@ %(tsquery)s::tsquery)
order by articles.at desc, articles.id desc
limit %(limit)s

-- name: recent_revisions
-- Edits, deletions and returns since a moment, newest first, with the text that each left. `tsquery` as before.
select revisions.article_id, revisions.number, revisions.seen_at, articles.at, articles.first_seen_at, articles.published_at,
    coalesce(later.before_title, articles.title), coalesce(later.before_standfirst, articles.standfirst), coalesce(later.before_body, articles.body),
    articles.language, articles.authors, articles.section, article_urls.url,
    outlets.name, outlets.title, outlets.region, outlets.country, articles.deleted_at,
    revisions.kind, revisions.before_title, revisions.before_standfirst, revisions.before_body, revisions.silent,
    case when articles.analyser = %(analyser)s and later.before_body is null then articles.terms::text else '' end
from revisions
join article_urls on article_urls.id = revisions.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = articles.outlet_id
left join lateral (
    select before_title, coalesce(before_standfirst, '') as before_standfirst, before_body from revisions as next
    where next.article_id = revisions.article_id and next.number > revisions.number and next.before_body is not null
    order by next.number limit 1
) as later on true
where revisions.seen_at >= %(since)s and revisions.kind in ('edit', 'deletion', 'return')
  and (%(tsquery)s::tsquery is null or articles.terms @@ %(tsquery)s::tsquery)
order by revisions.seen_at desc, revisions.article_id desc, revisions.number desc
limit %(limit)s

-- name: count_recent
-- How many articles there are since a moment, and the first of them.
select count(*), min(at) from articles where at >= %(since)s

-- name: outlet_regions
-- Names and regions of outlets in the archive.
select name, region from outlets

-- name: first_waiting
-- The queue's first change.
select min(id) from match_queue

-- name: announce_listener
-- Held as long as the connection: somebody is here who matches what comes.
select pg_advisory_lock_shared(%(presence)s)

-- name: is_nobody_listening
-- Held to the transaction's end, and not at all while a listener is there.
select pg_try_advisory_xact_lock(%(presence)s)

-- name: listen
-- Hears of new articles.
listen khabar_match
