-- name: schema
-- The schema's version.
select coalesce(max(version), 0) from schema_version
