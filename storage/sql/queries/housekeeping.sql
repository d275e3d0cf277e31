-- name: retention
-- Remove an outlet's articles older than its days, or of one kind.
delete from article_urls u using articles a, outlets o
where a.id = u.id and a.at = u.at and o.id = a.outlet_id and u.at < %(before)s and o.name = %(outlet)s and (%(kind)s::text is null or a.kind = %(kind)s)

-- name: kept_days
-- Outlets that have a retention.
select name, keep_days from outlets where keep_days is not null order by name

-- name: keep
-- Set or clear an outlet's retention.
update outlets set keep_days = %(days)s where name = %(outlet)s returning id

-- name: expired_crawl
-- Forget URLs that no door has shown for long and that will never be fetched again.
delete from crawl_urls c using outlets o
where o.id = c.outlet_id and o.name = %(outlet)s and c.next_check is null and coalesce(c.last_fetched, c.first_seen) < %(before)s

-- name: journal
-- Into the journal.
insert into events (kind, outlet_id, detail) values (%(kind)s, (select id from outlets where name = %(outlet)s), %(detail)s)

-- name: stale_terms
-- Articles whose index terms are of an older analysis, or all of them; in steps by id. They are held until their terms are
-- written: what a load makes of one in the meantime waits, and stays.
select a.id, a.at, a.title, a.standfirst, a.body, a.language, a.authors, a.section, a.edits, a.deleted_at, o.name as outlet, o.country, u.url,
    exists (select from revisions r where r.article_id = a.id and r.silent) as silent
from articles a join outlets o on o.id = a.outlet_id join article_urls u on u.id = a.id
where (a.at, a.id) > (%(at)s, %(id)s) and (%(everything)s or a.analyser <> %(analyser)s)
order by a.at, a.id limit %(wanted)s
for no key update of a

-- name: stage_terms
-- Terms made anew.
create temporary table staged_terms (id bigint not null, at timestamptz not null, terms tsvector not null) on commit drop

-- name: update_terms
-- Write the terms of the articles that `stale_terms` holds.
update articles a set terms = s.terms, analyser = %(analyser)s from staged_terms s where a.id = s.id and a.at = s.at

-- name: vocabulary_is_whole
-- Note that the vocabulary has the terms of every article.
insert into vocabulary (term) select '@whole' where not exists (select from vocabulary where term = '@whole')

-- name: sizes
-- Bytes by table, partitions added up, indexes and long values included.
select coalesce(parent.relname, c.relname) as name, sum(pg_total_relation_size(c.oid))::bigint as bytes, sum(greatest(c.reltuples, 0))::bigint as rows
from pg_class c left join pg_inherits h on h.inhrelid = c.oid left join pg_class parent on parent.oid = h.inhparent
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
group by 1 order by 2 desc, 1

-- name: growth
-- Articles by month of their first sighting, the last twelve.
select to_char(date_trunc('month', first_seen_at at time zone 'UTC'), 'YYYY-MM') as month, count(*)::bigint as articles, min(first_seen_at), max(first_seen_at)
from articles where first_seen_at >= %(since)s group by 1 order by 1

-- name: total
-- How much there is.
select (select count(*) from article_urls), pg_database_size(current_database()), (select count(*) from revisions)

-- name: vacuum
-- Statistics and free space; outside of a transaction.
vacuum (analyze, skip_locked) {table}

-- name: oversized
-- Indexes that have grown far beyond their table, and are worth building anew.
select i.indexrelid::regclass::text
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid join pg_am m on m.oid = c.relam
where t.relnamespace = 'public'::regnamespace and m.amname = 'gin' and pg_relation_size(c.oid) > 50000000
    and pg_relation_size(c.oid) > 0.6 * pg_table_size(t.oid)

-- name: reindex
-- Build an index anew beside the old one; outside of a transaction.
reindex index concurrently {index}

-- name: tables
-- Tables that hold rows of their own.
select c.relname from pg_class c
where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1

-- name: checksum
-- How many rows a table has, and a sum over their hashes that does not depend on their order.
select count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint::numeric), 0)::text from {table} t

-- name: snapshot
-- A view of the database that other sessions can share.
select pg_export_snapshot()

-- name: has_rows
-- Whether anything was ever put into this archive.
select exists (select from outlets) or exists (select from runs) or exists (select from article_urls) or exists (select from tombstones)

-- name: empty_schema
-- Make room for a backup's own schema.
drop schema public cascade; create schema public
