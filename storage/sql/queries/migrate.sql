-- name: use_utc
-- All moments of this session are told in UTC.
set timezone to 'UTC'

-- name: lock
-- Two migrators at once take turns.
select pg_advisory_lock(%(lock)s)

-- name: make_versions
-- The table of what was applied.
create table if not exists schema_version
    (version int primary key, name text not null, applied_at timestamptz not null default now())

-- name: version
-- The version that the archive has; 0: none yet.
select coalesce(max(version), 0) from schema_version

-- name: begin
-- Begins the transaction of one migration.
begin

-- name: note
-- Notes a migration as applied.
insert into schema_version (version, name) values (%(number)s, %(name)s)

-- name: commit
-- Ends the transaction of one migration.
commit
