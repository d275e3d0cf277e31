-- name: existing
-- Partitions of a table that exist, newest first.
select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid where h.inhparent = %(table)s::regclass order by 1 desc

-- name: lock
-- One session at a time makes or drops partitions.
select pg_advisory_xact_lock(%(lock)s)

-- name: make
-- A month's table of its own, with a constraint that spares the attachment its scan. A row may fill a page: an article's terms lie in it.
create table {name} (like {table} including defaults including constraints including storage including comments,
    constraint month check ({column} >= {start} and {column} < {end})) with (toast_tuple_target = 8160)

-- name: attach
-- Attach it: this lock lets readers and writers of the other months go on.
alter table {table} attach partition {name} for values from ({start}) to ({end})

-- name: unconstrain
-- The partition's bounds say the same.
alter table {name} drop constraint month

-- name: describe
-- A word on what it is.
comment on table {name} is {words}

-- name: drop
-- Drop one month.
drop table {name}
