-- name: brought
-- How many new articles an outlet's runs have loaded since a moment, and since when the archive knows the outlet.
select coalesce(sum(r.new) filter (where r.loaded_at > %(since)s), 0)::int, o.first_seen_at
from outlets o left join outlet_runs r on r.outlet_id = o.id
where o.name = %(outlet)s
group by o.id;

-- name: finish_run
-- A run is done: its report is kept beside its articles.
update runs set finished_at = greatest(%(at)s, started_at), report = %(report)s where name = %(name)s;
