-- name: ensure_run
-- The run's number, made if missing.
insert into runs (name, started_at) values (%(name)s, %(started)s)
on conflict (name) do update set started_at = least(runs.started_at, excluded.started_at)
    where runs.started_at > excluded.started_at

-- name: run_number
-- The run's number.
select id from runs where name = %(name)s

-- name: ensure_outlet
-- Write an outlet as its file has it; an unchanged one is not touched.
insert into outlets (name, region, title, home, country, languages, timezone, active)
values (%(name)s, %(region)s, %(title)s, %(home)s, %(country)s, %(languages)s, %(timezone)s, %(active)s)
on conflict (name) do update
    set region = excluded.region, title = excluded.title, home = excluded.home, country = excluded.country,
        languages = excluded.languages, timezone = excluded.timezone, active = excluded.active
    where (outlets.region, outlets.title, outlets.home, outlets.country, outlets.languages, outlets.timezone, outlets.active)
        is distinct from (excluded.region, excluded.title, excluded.home, excluded.country, excluded.languages, excluded.timezone, excluded.active)

-- name: outlet_numbers
-- Numbers of outlets by name.
select name, id from outlets where name = any(%(names)s)

-- name: claim
-- Take a batch; nobody else gets it. Waits for a loader that has the same batch under way.
insert into loads (digest, run_id, report) values (%(digest)s, %(run)s, '{}') on conflict (digest) do nothing

-- name: repeated
-- What the load of this batch counted.
select report from loads where digest = %(digest)s

-- name: report
-- Keep what the load counted.
update loads set report = %(report)s where digest = %(digest)s

-- name: stage_seen
-- What was seen in this batch: articles and deletions, by their keys alone.
create temporary table staged_seen (
    ordinal int primary key, key uuid not null, outlet_id int not null, fetched_at timestamptz not null,
    text_key uuid, meta_key uuid, digest text not null, gone boolean not null, url text not null, at timestamptz not null,
    page_lines bytea not null
) on commit drop

-- name: lock_known
-- Keep other loaders off the articles that this batch touches; always in the same order, so that two loaders never wait in a ring.
select count(*) from (
    select 1 from article_urls where key in (select key from staged_seen) order by id for update
) as locked

-- name: classify
-- What each thing seen is to the archive. `stale`: a newer page was taken into account already.
select s.ordinal, u.id,
    case
        when t.key is not null then 'forgotten'
        when u.id is null then case when s.gone then 'unknown' else 'new' end
        when s.fetched_at < u.checked_at then 'stale'
        when s.gone then case when a.deleted_at is null then 'deleted' else 'gone' end
        when a.text_key is distinct from s.text_key then 'changed'
        when a.meta_key is distinct from s.meta_key then 'meta'
        else 'same'
    end as verdict,
    a.deleted_at is not null as was_deleted
from staged_seen s
left join tombstones t on t.key = s.key
left join article_urls u on u.key = s.key
left join articles a on a.id = u.id and a.at = u.at
order by s.ordinal

-- name: texts
-- The present texts of articles, to compare with.
select a.id, a.title, a.standfirst, a.body, a.shape, a.extractor, a.authors, u.page_digest, u.checked_at, a.first_seen_at,
    coalesce(p.lines, '') as page_lines
from unnest(%(ids)s::bigint[]) as wanted (id) join article_urls u using (id) join articles a on a.id = u.id and a.at = u.at
left join page_lines p on p.article_id = u.id

-- name: stage_articles
-- Articles that read differently now. `edited`: by the outlet; `versions`: how many versions this load adds.
create temporary table staged_articles (edited boolean not null, versions int not null, like articles including defaults) on commit drop

-- name: insert_urls
-- Give new articles their identity. One that another loader just brought is left to it.
insert into article_urls (key, url, outlet_id, at, checked_at, page_digest)
select key, url, outlet_id, at, fetched_at, digest from staged_seen where ordinal = any(%(ordinals)s) order by key
on conflict (key) do nothing
returning id, key

-- name: move_urls
-- An article whose own time changed changes its partition.
update article_urls u set at = s.at from staged_articles s where s.id = u.id and u.at <> s.at

-- name: update_articles
-- Write what reads differently now; a deleted article that is there again adds a version for that.
update articles a set {changing},
    revision = a.revision + s.versions, edits = a.edits + s.edited::int, deleted_at = null,
    terms = s.terms
        || case when a.edits + s.edited::int > 0 then '''@is:revised'''::tsvector else '' end
        || case when exists (select from revisions r where r.article_id = a.id and r.silent) then '''@is:silent'''::tsvector else '' end
from staged_articles s where s.id = a.id

-- name: unstage_revisions
-- Makes room: revisions are written once for changed articles, once for deletions, once for returns.
drop table if exists staged_revisions

-- name: stage_revisions
-- Changes of this batch; `step` counts the versions one article gains.
create temporary table staged_revisions (
    article_id bigint not null, step int not null, seen_at timestamptz, kind text, silent boolean, note text, signed text, changes jsonb,
    before_title text, before_standfirst text, before_body text, before_shape text, before_extractor text, page_digest text
) on commit drop

-- name: insert_revisions
-- Number the changes after the versions that are there.
insert into revisions (article_id, number, seen_at, run_id, kind, silent, note, signed, changes, before_title, before_standfirst, before_body,
    before_shape, before_extractor, page_digest)
select s.article_id, a.revision + s.step, s.seen_at, %(run)s, s.kind, s.silent, s.note, s.signed, s.changes, s.before_title, s.before_standfirst,
    s.before_body, s.before_shape, s.before_extractor, s.page_digest
from staged_revisions s join article_urls u on u.id = s.article_id join articles a on a.id = u.id and a.at = u.at

-- name: delete_articles
-- Mark articles whose page is gone.
update articles a set deleted_at = s.fetched_at, revision = a.revision + 1, terms = a.terms || '''@is:deleted'''::tsvector
from staged_seen s join article_urls u on u.key = s.key
where u.id = any(%(ids)s) and a.id = u.id and a.at = u.at and s.gone

-- name: return_articles
-- Articles that are there again, unchanged.
update articles a set deleted_at = null, revision = a.revision + 1, terms = ts_delete(a.terms, '@is:deleted')
from article_urls u where u.id = any(%(ids)s) and a.id = u.id and a.at = u.at

-- name: checked
-- Remember which page was taken into account last.
update article_urls u set checked_at = s.fetched_at, page_digest = case when s.digest <> '' then s.digest else u.page_digest end
from staged_seen s
where u.key = s.key and s.ordinal = any(%(ordinals)s) and (u.checked_at, u.page_digest) is distinct from (s.fetched_at, s.digest)

-- name: keep_lines
-- Remember what stood on the pages that were taken into account.
insert into page_lines (article_id, lines)
select u.id, s.page_lines from staged_seen s join article_urls u on u.key = s.key where s.ordinal = any(%(ordinals)s) and not s.gone order by u.id
on conflict (article_id) do update set lines = excluded.lines where page_lines.lines <> excluded.lines

-- name: stage_pages
-- Pages of this batch.
create temporary table staged_pages (like pages) on commit drop

-- name: insert_pages
-- Keep what became of each page; a repeated load may correct it.
insert into pages select distinct on (key, fetched_at) * from staged_pages order by key, fetched_at
on conflict (key, fetched_at) do update set outcome = excluded.outcome, detail = excluded.detail
    where (pages.outcome, pages.detail) is distinct from (excluded.outcome, excluded.detail) and excluded.outcome <> 'unchanged'

-- name: outlet_run
-- How the outlet fared in this run. A run that is loaded in parts adds up.
insert into outlet_runs (run_id, outlet_id, state, fetched, new, revised, corrected, unchanged, deleted, returned, rejected, report)
values (%(run)s, %(outlet)s, %(state)s, %(fetched)s, %(new)s, %(revised)s, %(corrected)s, %(unchanged)s, %(deleted)s, %(returned)s, %(rejected)s, %(report)s)
on conflict (run_id, outlet_id) do update set state = excluded.state, fetched = greatest(outlet_runs.fetched, excluded.fetched),
    new = outlet_runs.new + excluded.new, revised = outlet_runs.revised + excluded.revised, corrected = outlet_runs.corrected + excluded.corrected,
    unchanged = excluded.unchanged, deleted = outlet_runs.deleted + excluded.deleted, returned = outlet_runs.returned + excluded.returned,
    rejected = excluded.rejected, report = excluded.report, loaded_at = now()

-- name: state_changes
-- Outlets that stand otherwise than in their run before: into the journal.
insert into events (kind, outlet_id, run_id, detail)
select 'state', now.outlet_id, now.run_id, jsonb_build_object('from', before.state, 'to', now.state)
from outlet_runs now
cross join lateral (
    select state from outlet_runs earlier where earlier.outlet_id = now.outlet_id and earlier.run_id < now.run_id order by earlier.run_id desc limit 1
) before
where now.run_id = %(run)s and now.outlet_id = any(%(outlets)s) and before.state <> now.state
    and not exists (select from events e where e.kind = 'state' and e.run_id = now.run_id and e.outlet_id = now.outlet_id)

-- name: text_indexes
-- The text indexes of the partitions that a load wrote to.
select i.indexrelid::regclass::text
from pg_inherits h join pg_index i on i.indrelid = h.inhrelid join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
where h.inhparent = 'articles'::regclass and m.amname = 'gin' and h.inhrelid::regclass::text = any(%(partitions)s)

-- name: clean_index
-- Merge an index's list of pending entries, which every search would have to read.
select gin_clean_pending_list(%(index)s::regclass)

-- name: forget_article
-- Remove an article; its revisions and whatever else hangs on it go with it.
delete from article_urls where key = %(key)s returning id

-- name: bury
-- Keep an article from ever coming back.
insert into tombstones (key, outlet_id, reason) values (%(key)s, %(outlet)s, %(reason)s) on conflict (key) do nothing

-- name: forget_pages
-- Remove the record of its pages.
delete from pages where key = %(key)s

-- name: forget_crawl
-- The crawl never fetches it again.
update crawl_urls set next_check = null, digest = '', last_fetched = coalesce(last_fetched, now()) where key = %(key)s returning outlet_id

-- name: article_id
-- The article of a canonical URL.
select id from article_urls where key = %(key)s;

-- name: keep_vocabulary
-- Note terms that articles have. Another load may note one at the same time: twice does no harm, and nobody waits.
-- All are looked up before any is written (what puts them in order waits for the last): a table that was empty when it was planned
-- is read from end to end for each.
insert into vocabulary (term)
select fresh.term collate "C" from unnest(%(terms)s::text[]) as fresh (term)
where not exists (select from vocabulary v where v.term = fresh.term offset 0)
order by 1
