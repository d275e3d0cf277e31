-- name: known
-- What the operator must mend, as it was seen at the last look.
select cause, subject, since, told_at, state from operator_causes where cause = any (%(causes)s) order by cause, subject

-- name: see
-- Notes that a cause is there; in another state than before it is to be told again.
insert into operator_causes (cause, subject, since, state) values (%(cause)s, %(subject)s, %(now)s, %(state)s)
on conflict (cause, subject) do update
set state = excluded.state, told_at = case when operator_causes.state = excluded.state then operator_causes.told_at end

-- name: mark_notified
-- Notes that the operator has been told of what a cause befell.
update operator_causes set told_at = %(now)s where cause = %(cause)s and subject = any (%(subjects)s)

-- name: forget
-- A cause is gone.
delete from operator_causes where cause = %(cause)s and subject = any (%(subjects)s)

-- name: redesigns
-- Outlets whose pages changed their layout since a moment, the newest change of each.
select distinct on (o.name) o.name, e.at, coalesce(e.detail ->> 'detail', '') as detail
from events e join outlets o on o.id = e.outlet_id
where e.kind = 'redesign' and e.article_id is null and e.at > %(since)s
order by o.name, e.at desc
