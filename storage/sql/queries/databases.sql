-- name: find
-- Whether the server has a database.
select 1 from pg_database where datname = %(name)s

-- name: make
-- Makes an empty database; outside of a transaction.
create database {name}
