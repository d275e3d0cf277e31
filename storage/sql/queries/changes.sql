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
-- Articles since a moment, newest first, as if they were new: the material of previews. `tsquery` is what every answer meets.
select articles.id, 1, articles.first_seen_at, articles.at, articles.first_seen_at, articles.published_at, articles.title,
    articles.standfirst, articles.body, articles.language, articles.authors, articles.section, article_urls.url,
    outlets.name, outlets.title, outlets.region, outlets.country, articles.deleted_at, null, null, null, null, false,
    case when articles.analyser = %(analyser)s then articles.terms::text else '' end
from articles join article_urls on article_urls.id = articles.id and article_urls.at = articles.at
join outlets on outlets.id = articles.outlet_id
where articles.at >= %(since)s and (%(tsquery)s::tsquery is null or articles.terms @@ %(tsquery)s::tsquery)
order by articles.at desc, articles.id desc
limit %(limit)s

-- name: count_recent
-- How many articles there are since a moment, and the first of them.
select count(*), min(at) from articles where at >= %(since)s

-- name: outlet_regions
-- Names and regions of outlets in the archive.
select name, region from outlets

-- name: listen
-- Hears of new articles.
listen khabar_match
