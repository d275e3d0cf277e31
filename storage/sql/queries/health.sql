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

-- name: notice
-- Something happened to an outlet's pages: into the journal, unless it stands there since a given moment.
insert into events (at, kind, outlet_id, run_id, detail)
select %(at)s, %(kind)s, o.id, r.id, %(detail)s
from outlets o, runs r
where o.name = %(outlet)s and r.name = %(run)s
    and not exists (select from events e where e.outlet_id = o.id and e.kind = %(kind)s and e.at > %(since)s);

-- name: noticed
-- What a run noticed of its outlets' pages; a change of state is told by the run's own report.
select o.name, e.kind, e.detail
from events e join runs r on r.id = e.run_id join outlets o on o.id = e.outlet_id
where r.name = %(run)s and e.kind <> 'state' and e.article_id is null
order by o.name, e.id;

-- name: outlet_events
-- The journal of an outlet, newest first.
select e.at, e.kind, e.detail, r.name as run
from events e join outlets o on o.id = e.outlet_id left join runs r on r.id = e.run_id
where o.name = %(outlet)s and e.article_id is null
order by e.at desc, e.id desc limit %(limit)s;

-- name: last_load
-- When pages of an outlet were loaded last.
select max(r.loaded_at) from outlet_runs r join outlets o on o.id = r.outlet_id where o.name = %(outlet)s

-- name: ailing_before
-- Since when outlets ail, by the newest closing report since a moment that has each; '' for one that was well.
select distinct on (line.key) line.key, coalesce(line.value ->> 'ails_since', '')
from runs r, jsonb_each(r.report -> 'outlets') line
where r.finished_at > %(since)s and jsonb_typeof(r.report -> 'outlets') = 'object' and line.key = any(%(outlets)s)
order by line.key, r.finished_at desc
