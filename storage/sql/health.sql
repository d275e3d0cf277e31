-- name: brought
-- How many new articles an outlet's runs have loaded since a moment, and since when the archive knows the outlet.
select coalesce(sum(r.new) filter (where r.loaded_at > %(since)s), 0)::int, o.first_seen_at
from outlets o left join outlet_runs r on r.outlet_id = o.id
where o.name = %(outlet)s
group by o.id;

-- name: finish_run
-- A run is done: its report is kept beside its articles.
update runs set finished_at = greatest(%(at)s, started_at), report = %(report)s where name = %(name)s;

-- name: copies
-- How many articles a run found, outlet by outlet, that are copies: members of a story that another article leads.
select o.name, count(*)::int
from runs r
join articles a on a.run_id = r.id
join story_members m on m.article_id = a.id and m.role = 'member'
join stories s on s.id = m.story_id and s.lead_id <> a.id
join outlets o on o.id = a.outlet_id
where r.name = %(run)s
group by o.name;
