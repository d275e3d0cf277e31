-- name: newest
-- Ids and times of the newest articles that meet a query.
select id, at from newest(%(tsquery)s::tsquery, %(condition)s, %(positional)s::tsquery, %(exact)s, %(since)s, %(until)s, %(until_id)s, %(wanted)s, %(common)s)

-- name: ranked
-- The newest hits, the most relevant first: the query's words count by their number and place, long texts and old ones less.
with hits as materialized (
    select id, at from newest(%(tsquery)s::tsquery, %(condition)s, %(positional)s::tsquery, %(exact)s, %(since)s, %(until)s, %(until_id)s, %(pool)s, %(common)s)
),
found as materialized (select array_agg(id) as ids, array_agg(at) as ats from hits)
select hits.id, hits.at, r.relevance * exp(-0.005 * extract(epoch from %(now)s - hits.at) / 86400) as score, count(*) over () as ranked
from hits join (select r.* from found cross join lateral relevance_of(found.ids, found.ats, %(rank)s::tsquery) r) r using (id)
order by score desc, hits.at desc, hits.id desc
limit %(wanted)s offset %(offset)s

-- name: rows
-- What is shown of hits.
select a.id, a.at, u.url, o.name as outlet, o.country, a.language, a.kind, a.title, a.standfirst, a.body, a.authors, a.section, a.published_at,
    a.revision, a.edits, a.deleted_at, a.words, a.first_seen_at, a.terms @@ '''@is:silent'''::tsquery as silent
from unnest(%(ids)s::bigint[]) with ordinality as hit (id, place)
join articles_of(%(ids)s::bigint[], %(ats)s::timestamptz[]) a on a.id = hit.id
join article_urls u on u.id = a.id join outlets o on o.id = a.outlet_id
order by hit.place

-- name: known_terms
-- Those of some terms that any article has, and '@whole' where the vocabulary has the terms of all articles.
select asked.term from unnest(array_append(%(terms)s::text[], '@whole')) as asked (term)
where exists (select from vocabulary v where v.term = asked.term offset 0)

-- name: common_terms
-- The shares of articles in which the most common terms stand, and how many articles there are, by the statistics of the newest months.
select s.most_common_elems::text::text[], s.most_common_elem_freqs, c.reltuples
from pg_stats s join pg_class c on c.relname = s.tablename
where s.attname = 'terms' and s.tablename ~ '^articles_[0-9]{4}_[0-9]{2}$' and s.most_common_elems is not null and c.reltuples > 1000
order by s.tablename desc limit 3

-- name: facets
-- Counts of the newest hits by outlet, day and language.
with shown as materialized (
    select outlet_id, to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, language
    from newest(%(tsquery)s::tsquery, %(condition)s, %(positional)s::tsquery, %(exact)s, %(since)s, %(until)s, %(until_id)s, %(pool)s, %(common)s)
)
select 'outlet' as facet, o.name as value, count(*)::int as articles from shown join outlets o on o.id = shown.outlet_id group by 2
union all select 'day', day, count(*)::int from shown group by 2
union all select 'language', language, count(*)::int from shown group by 2
union all select 'all', '', count(*)::int from shown
