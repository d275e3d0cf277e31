-- name: plan
-- Plans matches for addresses.
insert into deliveries (match_id, address, due_at, state, reason) values %s on conflict (match_id, address) do nothing

-- name: delay_pickups
-- Lets waiting "picked up" mails of a story wait for further copies.
update deliveries set due_at = greatest(deliveries.due_at, moved.due_at)
from (values %s) as moved (watch_id, story_id, due_at) join matches on matches.watch_id = moved.watch_id and matches.story_id = moved.story_id
where deliveries.match_id = matches.id and matches.kind = 'picked_up' and deliveries.state = 'waiting'

-- name: waiting_pickups
-- Waiting "picked up" mails of stories.
select distinct matches.watch_id, matches.story_id, matches.at
from matches join deliveries on deliveries.match_id = matches.id
where matches.story_id = any (%(stories)s) and matches.kind = 'picked_up' and deliveries.state = 'waiting'

-- name: due
-- Takes what is due to become mail, for addresses that may be mailed.
select matches.id, matches.watch_id, coalesce(story_aliases.story_id, matches.story_id), matches.kind, matches.occasion,
    matches.article_id, matches.version, matches.terms, matches.excerpt, matches.at, deliveries.address, deliveries.moved_at, deliveries.dropped_alert_id
from deliveries join matches on matches.id = deliveries.match_id
left join story_aliases on story_aliases.old_id = matches.story_id
where deliveries.state = 'waiting' and deliveries.due_at <= %(now)s
order by deliveries.address, matches.id
limit %(limit)s
for update of deliveries skip locked

-- name: any_due
-- Whether anything is due to become mail.
select exists (select from deliveries where state = 'waiting' and due_at <= %(now)s)

-- name: postpone
-- Lets deliveries wait.
update deliveries set due_at = later.due_at
from (values %s) as later (match_id, address, due_at)
where deliveries.match_id = later.match_id and deliveries.address = later.address and deliveries.state = 'waiting'

-- name: notices_of_merged
-- What addresses were told of stories that have been taken into these since.
select told.address, story_aliases.story_id, told.kind, told.occasion
from told join story_aliases on story_aliases.old_id = told.story_id
where story_aliases.story_id = any (%(stories)s) and told.address = any (%(addresses)s)

-- name: record_notices
-- Notes what an address is being told; returns what it had not been told before.
insert into told (address, story_id, kind, occasion, at) values %s
on conflict (address, story_id, kind, occasion) do nothing
returning address, story_id, kind, occasion

-- name: retract_notices
-- Takes back what was noted as being told and stands in no mail.
delete from told where address = %(address)s and alert_id is null and (story_id, kind, occasion) in %(keys)s

-- name: last_edit_notices
-- When addresses were last told of edits, by article, under a story's own id or the id of one that was taken in.
select address, split_part(occasion, '.', 1)::bigint, max(at)
from told
where kind = 'edited' and at > %(since)s and address = any (%(addresses)s) and story_id in (
    select unnest(%(stories)s::bigint[]) union select old_id from story_aliases where story_id = any (%(stories)s))
group by 1, 2

-- name: thread_parent
-- The first mail that told an address of one of these stories, or of their events: the parent of what follows.
with asked as (
        select unnest(%(stories)s::bigint[]) as story_id),
    events as (
        select distinct event_id from story_events join asked using (story_id)),
    known as (
        select story_id from asked union select story_id from story_events where event_id in (select event_id from events)),
    ids as (
        select story_id from known union select old_id from story_aliases where story_id in (select story_id from known))
select alerts.message_id
from told join alerts on alerts.id = told.alert_id
where told.address = %(address)s and alerts.state <> 'dropped' and told.story_id in (select story_id from ids)
order by told.at, alerts.id
limit 1

-- name: mark_written
-- Marks deliveries as written into a mail.
update deliveries set state = 'written', alert_id = %(alert)s where address = %(address)s and match_id = any (%(matches)s)

-- name: link_notices
-- Notes which mail told it.
update told set alert_id = %(alert)s where address = %(address)s and alert_id is null and (story_id, kind, occasion) in %(keys)s

-- name: skip
-- Marks deliveries as skipped, with the reason.
update deliveries set state = 'skipped', reason = skips.reason
from (values %s) as skips (match_id, address, reason)
where deliveries.match_id = skips.match_id and deliveries.address = skips.address and deliveries.state = 'waiting'

-- name: retract_dropped
-- Takes back what a dropped message would have told: whoever it was for may be told requeued.
delete from told where alert_id = (select id from alerts where message_id = %(message_id)s and state = 'dropped')

-- name: revive_address
-- Lets what an address missed wait to be mailed after all: while its mail was paused, or in messages dropped for its sake.
update deliveries set state = 'waiting', reason = '', alert_id = null, due_at = %(now)s
from matches
where matches.id = deliveries.match_id and deliveries.address = %(address)s and matches.at > %(since)s
  and ((deliveries.state = 'skipped' and deliveries.reason = 'address_paused')
    or (deliveries.state = 'written' and exists (
        select from alerts where alerts.id = deliveries.alert_id and alerts.state = 'dropped'
          and alerts.last_outcome in ('refused_address', 'given_up'))))

-- name: revive_stories
-- Lets stories wait to be mailed of which nobody was told when they came: the watch was muted or paused, or the mail dropped.
update deliveries
set state = 'waiting', reason = '', alert_id = null, due_at = revived.due_at,
    dropped_alert_id = coalesce(deliveries.alert_id, deliveries.dropped_alert_id)
from (values %s) as revived (watch_id, story_id, due_at)
join matches on matches.watch_id = revived.watch_id and matches.story_id = revived.story_id
where deliveries.match_id = matches.id and matches.kind in ('new', 'first_mention', 'follow_up')
  and ((deliveries.state = 'skipped' and deliveries.reason in ('muted', 'watch_paused'))
    or (deliveries.state = 'waiting' and deliveries.dropped_alert_id is not null)
    or (deliveries.state = 'written' and exists (
        select from alerts where alerts.id = deliveries.alert_id and alerts.state = 'dropped'
          and alerts.last_outcome in ('refused_message', 'refused_address', 'given_up'))))
returning revived.watch_id

-- name: mail_articles
-- Articles as a mail shows them.
select articles.id, articles.title, articles.language, coalesce(articles.published_at, articles.first_seen_at), article_urls.url, outlets.name,
    outlets.title, articles.standfirst, articles.body
from article_urls join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = articles.outlet_id
where article_urls.id = any (%(ids)s)

-- name: edit_texts
-- An edit, or several in a row: what stood before the first, and what replaced it with the last.
select revisions.before_title, coalesce(revisions.before_standfirst, ''), revisions.before_body,
    coalesce(later.before_title, articles.title), coalesce(later.before_standfirst, articles.standfirst), coalesce(later.before_body, articles.body)
from revisions
join article_urls on article_urls.id = revisions.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
left join lateral (
    select before_title, coalesce(before_standfirst, '') as before_standfirst, before_body from revisions as next
    where next.article_id = revisions.article_id and next.number > %(last)s and next.before_body is not null
    order by next.number limit 1
) as later on true
where revisions.article_id = %(article)s and revisions.number = %(version)s and revisions.before_body is not null


-- name: event_notices
-- What addresses were told lately of stories, of other stories of their events, or of stories that these took in.
with asked as (
        select unnest(%(stories)s::bigint[]) as story_id),
    events as (
        select distinct event_id from story_events join asked using (story_id)),
    known as (
        select story_id from asked union select story_id from story_events where event_id in (select event_id from events)),
    ids as (
        select story_id, story_id as told_id from known union select story_id, old_id from story_aliases where story_id in (select story_id from known))
select told.address, ids.story_id, told.kind, told.occasion, told.at
from told join ids on ids.told_id = told.story_id
where told.address = any (%(addresses)s) and told.at > %(since)s and told.alert_id is not null and told.kind in ('new', 'follow_up')

-- name: mailed_watches
-- Those of some watches that an address had a mail of.
select distinct matches.watch_id from deliveries join matches on matches.id = deliveries.match_id
where deliveries.address = %(address)s and deliveries.state = 'written' and matches.watch_id = any (%(watches)s)

-- name: first_run
-- Whether a run that began before any had ended is under way and has shown life lately, in an archive that is young; or nothing was ever told, and something still waits to be matched.
with beginning as (select min(started_at) as began_at, min(finished_at) as ended_at from runs)
select exists (
    select from runs cross join beginning
    where runs.finished_at is null and beginning.began_at > %(since)s
      and runs.started_at < coalesce(beginning.ended_at, 'infinity')
      and greatest(runs.started_at, (select max(loaded_at) from outlet_runs where run_id = runs.id)) > %(alive_since)s
) or (not exists (select from told where alert_id is not null) and exists (select from match_queue))

-- name: waiting_of_watch
-- What of a watch waits to become mail.
select matches.id, deliveries.address, matches.kind, matches.at
from deliveries join matches on matches.id = deliveries.match_id
where matches.watch_id = %(watch)s and deliveries.state = 'waiting'

-- name: move
-- Gives deliveries another moment, for their watch has another rhythm.
update deliveries set due_at = moved.due_at, moved_at = moved.at
from (values %s) as moved (match_id, address, due_at, at)
where deliveries.match_id = moved.match_id and deliveries.address = moved.address and deliveries.state = 'waiting'

-- name: held_watches
-- The watches that were paused or muted, are no more, and have held something back since.
select distinct matches.watch_id
from deliveries join matches on matches.id = deliveries.match_id join watches on watches.id = matches.watch_id
where deliveries.reason in ('muted', 'watch_paused') and matches.at > %(since)s
  and not watches.paused and (watches.mute_until is null or watches.mute_until <= %(now)s)

-- name: revive_held
-- Lets what watches held back wait to be mailed after all.
update deliveries set state = 'waiting', reason = '', due_at = revived.due_at
from (values %s) as revived (watch_id, due_at, since)
join matches on matches.watch_id = revived.watch_id and matches.at > revived.since
where deliveries.match_id = matches.id and deliveries.reason in ('muted', 'watch_paused')

-- name: dropped_watches
-- The watches of what stood in messages that were given up, and has not been told requeued.
select distinct matches.watch_id
from alerts join deliveries on deliveries.alert_id = alerts.id join matches on matches.id = deliveries.match_id
where alerts.state = 'dropped' and alerts.made_at > %(since)s and alerts.last_outcome in ('refused_message', 'given_up')
  and deliveries.state = 'written' and deliveries.dropped_alert_id is null

-- name: requeue_dropped
-- Lets what stood in messages that were given up wait for another one. Once: a mail that is refused twice is so for what it says.
update deliveries set state = 'waiting', alert_id = null, dropped_alert_id = deliveries.alert_id, due_at = requeued.due_at
from (values %s) as requeued (watch_id, due_at, since), matches, alerts
where matches.watch_id = requeued.watch_id and deliveries.match_id = matches.id and deliveries.alert_id = alerts.id
  and alerts.state = 'dropped' and alerts.made_at > requeued.since and alerts.last_outcome in ('refused_message', 'given_up')
  and deliveries.state = 'written' and deliveries.dropped_alert_id is null
