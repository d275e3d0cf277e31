-- name: add_file
-- Notes a file whose exchanges were hashed; nothing where it is known.
insert into evidence_files (path, bytes, records, damage, kept)
values (%(path)s, %(size)s, %(records)s, %(damage)s, %(kept)s)
on conflict (path) do nothing returning id

-- name: known_paths
-- Which of some files are known.
select path from evidence_files where path = any (%(paths)s)

-- name: last_head
-- The head of the last day that was signed.
select head from evidence_days order by day desc limit 1

-- name: heads
-- The heads of days, oldest first.
select head from evidence_days where day >= %(since)s order by day

-- name: lock_days
-- One at a time ends a day; readers go on.
lock table evidence_days in exclusive mode

-- name: first_noted
-- When the first file that no tree has was noted.
select min(noted_at) from evidence_files where day is null and not kept

-- name: due_files
-- The files whose exchanges belong into the next tree, in their order there.
select id, records from evidence_files where day is null and not kept and noted_at < %(before)s order by id

-- name: leaves
-- All that the leaves of a file say, in their order.
select digest, key, fetched_at, status, revisit from evidence_records where file_id = %(file)s order by place

-- name: leaves_of_day
-- The same of all files in a day's tree, in its order.
select r.digest, r.key, r.fetched_at, r.status, r.revisit
from evidence_files f join evidence_records r on r.file_id = f.id
where f.day = %(day)s and not f.kept order by f.first_leaf, r.place

-- name: place_file
-- Puts a file's exchanges into a day's tree.
update evidence_files set day = %(day)s, first_leaf = %(first)s where id = %(file)s

-- name: add_day
-- Keeps a day's head and leaves.
insert into evidence_days (day, head, leaves) values (%(day)s, %(head)s, %(leaves)s)

-- name: day_leaves
-- The leaves of a day.
select leaves from evidence_days where day = %(day)s

-- name: days
-- The days that were signed, oldest first.
select day from evidence_days order by day

-- name: day_files
-- The files in a day's tree, in their order.
select id, path, first_leaf, records from evidence_files where day = %(day)s and not kept order by first_leaf

-- name: keys
-- What the house has stated of its keys, oldest first.
select statement from evidence_keys order by number

-- name: add_key
-- Keeps a statement.
insert into evidence_keys (number, statement) select coalesce(max(number), 0) + 1, %(statement)s from evidence_keys

-- name: present_files
-- The files that should be there, and how large.
select id, path, bytes, kept from evidence_files where removed_at is null order by id

-- name: file_records
-- Where a file's exchanges lie, what their hashes are, and whether the article was removed for good.
select r.at_byte, r.bytes, r.digest, t.key is not null from evidence_records r left join tombstones t on t.key = r.key
where r.file_id = %(file)s order by r.at_byte

-- name: copied_records
-- The same of a file of copies.
select c.at_byte, r.bytes, r.digest, false from evidence_copies c join evidence_records r using (file_id, place)
where c.copy_id = %(file)s order by c.at_byte

-- name: wanted_records
-- The exchanges of files that outlive them: of articles that were edited, deleted, matched, starred or are held; those removed for good are not.
select r.file_id, f.path, r.place, r.at_byte, r.bytes
from evidence_files f join evidence_records r on r.file_id = f.id
where f.path = any (%(paths)s)
    and not exists (select from tombstones t where t.key = r.key)
    and not exists (select from evidence_copies c where c.file_id = r.file_id and c.place = r.place)
    and (
        exists (select from evidence_holds h where h.key = r.key)
        or exists (
            select from article_urls u
            where u.key = r.key and (
                exists (select from revisions v where v.article_id = u.id and v.kind <> 'correction')
                or exists (select from matches m where m.article_id = u.id)
                or exists (
                    select from story_members s join story_marks k on k.story_id = s.story_id
                    where s.article_id = u.id and k.starred_at is not null
                )
            )
        )
    )
order by r.file_id, r.place

-- name: add_copies
-- Notes where records were copied to.
insert into evidence_copies (file_id, place, copy_id, at_byte) values %s on conflict (file_id, place) do nothing

-- name: remove_files
-- Notes that files are gone.
update evidence_files set removed_at = %(now)s where path = any (%(paths)s) and removed_at is null

-- name: kept_paths
-- The files of copies that are known.
select path from evidence_files where kept

-- name: kept_growth
-- How many bytes the files of copies have, and since when there are any.
select coalesce(sum(bytes), 0)::bigint, min(noted_at) from evidence_files where kept and removed_at is null

-- name: records_of
-- All exchanges of some articles, oldest first, and where each lies now: nowhere when its file is gone and it was not copied.
select r.key, r.fetched_at, r.status, r.revisit, r.digest, r.bytes, f.day, f.first_leaf + r.place as leaf,
    case when c.copy_id is not null then k.path when f.removed_at is null then f.path else '' end as path,
    coalesce(c.at_byte, r.at_byte) as at_byte
from evidence_records r join evidence_files f on f.id = r.file_id
left join evidence_copies c on c.file_id = r.file_id and c.place = r.place
left join evidence_files k on k.id = c.copy_id
where r.key = any (%(keys)s::uuid[])
order by r.key, r.fetched_at, r.file_id, r.place

-- name: hold
-- Keeps the pages of an article for long.
insert into evidence_holds (key, reason) values (%(key)s, %(reason)s) on conflict (key, reason) do nothing

-- name: release
-- No page of an article is kept for long any more.
delete from evidence_holds where key = %(key)s

-- name: forget_copies
-- No copy of an article's pages is there any more.
delete from evidence_copies c using evidence_records r where r.file_id = c.file_id and r.place = c.place and r.key = %(key)s

-- name: buried
-- When an article was removed for good.
select buried_at from tombstones where key = %(key)s

-- name: stamps
-- What others have said of days.
select day, kind, authority, stamp, is_final from evidence_stamps where day >= %(since)s order by day, kind, authority

-- name: unstamped_days
-- The days that an authority has not stamped, the newest first.
select d.day from evidence_days d
where not exists (select from evidence_stamps s where s.day = d.day and s.kind = %(kind)s and s.authority = %(authority)s)
order by d.day desc limit %(most)s

-- name: promised_stamps
-- Calendars' promises that are not kept yet, the oldest first.
select day, kind, authority, stamp, is_final from evidence_stamps where not is_final order by day limit %(most)s

-- name: keep_stamp
-- Keeps a stamp, or a better one in its place.
insert into evidence_stamps (day, kind, authority, stamp, is_final) values (%(day)s, %(kind)s, %(authority)s, %(stamp)s, %(final)s)
on conflict (day, kind, authority) do update set stamp = excluded.stamp, is_final = excluded.is_final

-- name: keep_fault
-- Notes what is wrong; since when stays.
insert into evidence_faults (subject, said, seen_at) values (%(subject)s, %(said)s, %(now)s)
on conflict (subject) do update set said = excluded.said

-- name: mend_faults
-- What is not wrong any more.
delete from evidence_faults where not subject = any (%(subjects)s)

-- name: faults
-- What is wrong.
select subject, said, seen_at from evidence_faults order by seen_at, subject

-- name: story_urls
-- The articles of a story.
select u.url from story_members s join article_urls u on u.id = s.article_id where s.story_id = %(story)s order by u.at, u.id

-- name: watch_urls
-- The articles that a watch has matched, the newest first.
select u.url from matches m join watches w on w.id = m.watch_id join article_urls u on u.id = m.article_id
where w.name = %(name)s group by u.id, u.url, u.at order by u.at desc, u.id desc

-- name: has_watch
-- Whether there is such a watch.
select exists (select from watches where name = %(name)s)
