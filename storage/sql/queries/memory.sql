-- name: outlet_number
-- An outlet's number.
select id from outlets where name = %(name)s

-- name: front_pages
-- The outlets' front pages.
select home from outlets order by id

-- name: known
-- The crawl's memory of an outlet's URLs.
select url, coalesce(address, url) as address, first_seen, last_fetched, status, digest, checks, changes, failures, published, next_check, door
from crawl_urls where outlet_id = %(outlet)s order by first_seen, key

-- name: doors
-- The crawl's memory of an outlet's doors.
select url, etag, last_modified, digest, last_polled, next_poll, interval_seconds, failures, lies, state, data
from doors where outlet_id = %(outlet)s order by url

-- name: stage_known
-- URLs of this batch.
create temporary table staged_known (like crawl_urls including defaults) on commit drop

-- name: save_known
-- Remember URLs; what was learnt from an older fetch does not replace newer knowledge. Forgotten articles are never fetched again.
insert into crawl_urls
select s.outlet_id, s.key, s.url, s.address, s.first_seen, s.last_fetched, s.status, case when t.key is null then s.digest else '' end, s.checks, s.changes,
    s.failures, s.published, case when t.key is null then s.next_check end, s.door
from (select distinct on (outlet_id, key) * from staged_known order by outlet_id, key, last_fetched desc nulls last) s
left join tombstones t on t.key = s.key
order by s.outlet_id, s.key
on conflict (outlet_id, key) do update set address = excluded.address, first_seen = least(crawl_urls.first_seen, excluded.first_seen),
    last_fetched = excluded.last_fetched, status = excluded.status, digest = excluded.digest, checks = excluded.checks, changes = excluded.changes,
    failures = excluded.failures, published = excluded.published, next_check = excluded.next_check
    where coalesce(excluded.last_fetched, '-infinity') >= coalesce(crawl_urls.last_fetched, '-infinity')

-- name: save_door
-- Remember a door; what was learnt from an older poll does not replace newer knowledge.
insert into doors (outlet_id, key, url, etag, last_modified, digest, last_polled, next_poll, interval_seconds, failures, lies, state, data)
values (%(outlet)s, url_key(%(url)s), %(url)s, %(etag)s, %(last_modified)s, %(digest)s, %(last_polled)s, %(next_poll)s, %(interval)s, %(failures)s,
    %(lies)s, %(state)s, %(data)s)
on conflict (outlet_id, key) do update set etag = excluded.etag, last_modified = excluded.last_modified, digest = excluded.digest,
    last_polled = excluded.last_polled, next_poll = excluded.next_poll, interval_seconds = excluded.interval_seconds, failures = excluded.failures,
    lies = excluded.lies, state = excluded.state, data = excluded.data
    where coalesce(excluded.last_polled, '-infinity') >= coalesce(doors.last_polled, '-infinity')

-- name: profile
-- The profile in use.
select profile, version from site_profiles where outlet_id = %(outlet)s order by version desc limit 1

-- name: profile_version
-- One version of a profile.
select profile, version from site_profiles where outlet_id = %(outlet)s and version = %(version)s

-- name: lock_outlet
-- Two writers of one outlet's profile take turns.
select id from outlets where id = %(outlet)s for no key update

-- name: save_profile
-- A new version, unless it says what the last one says.
insert into site_profiles (outlet_id, version, profile, run_id)
select %(outlet)s, coalesce(max(version), 0) + 1, %(profile)s, %(run)s
from site_profiles where outlet_id = %(outlet)s
having (array_agg(profile order by version desc))[1] is distinct from %(profile)s
returning version

-- name: all_doors
-- The crawl's memory of the doors of some outlets.
select o.name as outlet, d.url, d.etag, d.last_modified, d.digest, d.last_polled, d.next_poll, d.interval_seconds, d.failures, d.lies, d.state, d.data
from doors d join outlets o on o.id = d.outlet_id where o.name = any(%(outlets)s)

-- name: next_checks
-- When an article of each of some outlets is to be looked at again first.
select o.name, (select min(c.next_check) from crawl_urls c where c.outlet_id = o.id and c.next_check is not null)
from outlets o where o.name = any(%(outlets)s)
