-- name: save
-- Saves a watch by name; the second time it changes the first.
insert into watches (name, query, rhythm, kinds, outlets, regions, languages, timezone, hour, weekday, quiet_from, quiet_until,
    picked_up_by, settle_minutes, pace_minutes, mail_language, mute_until, expires, paused)
values (%(name)s, %(query)s, %(rhythm)s, %(kinds)s, %(outlets)s, %(regions)s, %(languages)s, %(timezone)s, %(hour)s, %(weekday)s,
    %(quiet_from)s, %(quiet_until)s, %(picked_up_by)s, %(settle)s, %(pace)s, %(mail_language)s, %(mute_until)s, %(expires)s, %(paused)s)
on conflict (name) do update set query = excluded.query, rhythm = excluded.rhythm, kinds = excluded.kinds, outlets = excluded.outlets,
    regions = excluded.regions, languages = excluded.languages, timezone = excluded.timezone, hour = excluded.hour,
    weekday = excluded.weekday, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
    picked_up_by = excluded.picked_up_by, settle_minutes = excluded.settle_minutes,
    pace_minutes = excluded.pace_minutes, mail_language = excluded.mail_language,
    mute_until = excluded.mute_until, expires = excluded.expires, paused = excluded.paused, changed_at = now(),
    last_hit_at = case when watches.query = excluded.query then watches.last_hit_at end
returning id

-- name: know_address
-- Makes an address known.
insert into addresses (address, domain) values (%(address)s, %(domain)s) on conflict (address) do nothing

-- name: subscribe
-- Subscribes an address to a watch; naming it again after it unsubscribed subscribes it again.
insert into subscriptions (watch_id, address) values (%(watch)s, %(address)s)
on conflict (watch_id, address) do update set ended_at = null, since = now() where subscriptions.ended_at is not null and %(resubscribe)s

-- name: unsubscribe_others
-- Removes the addresses that a saved watch no longer names; that one has unsubscribed stays known.
delete from subscriptions where watch_id = %(watch)s and not (address = any (%(addresses)s)) and ended_at is null

-- name: end_subscriptions
-- Ends what an address gets of some watches.
update subscriptions set ended_at = %(now)s where address = %(address)s and (%(watches)s::bigint[] is null or watch_id = any (%(watches)s)) and ended_at is null

-- name: of_address
-- The names of the watches that an address gets.
select name from watches join subscriptions on subscriptions.watch_id = watches.id
where address = %(address)s and ended_at is null
order by watches.id

-- name: remember_unsubscribed
-- Keeps who unsubscribed from a watch that is about to be removed.
insert into unsubscribed (watch, address, at)
select name, address, ended_at from watches join subscriptions on subscriptions.watch_id = watches.id
where name = %(name)s and ended_at is not null
on conflict (watch, address) do update set at = excluded.at

-- name: recall_unsubscribed
-- Gives a watch that is made anew under a removed one's name those who had unsubscribed from it.
with known as (delete from unsubscribed where watch = %(name)s returning address, at)
insert into subscriptions (watch_id, address, ended_at) select %(watch)s, address, at from known
on conflict (watch_id, address) do nothing

-- name: all
-- All watches with the addresses that get them.
select watches.id, name, query, rhythm, kinds, outlets, regions, languages, timezone, hour, weekday, quiet_from, quiet_until,
    picked_up_by, settle_minutes, mail_language, mute_until, expires, paused, last_hit_at,
    array(select address from subscriptions where watch_id = watches.id and ended_at is null order by since, address), changed_at, pace_minutes
from watches
where %(name)s::text is null or name = %(name)s
order by watches.id

-- name: stamp
-- What changes with every change of a watch or a subscription, whichever of two transactions commits first.
select
    (select count(*) || ' ' || coalesce(sum(hash_record_extended(row (id, changed_at), 0)), 0) from watches),
    (select count(*) || ' ' || coalesce(sum(hash_record_extended(row (watch_id, address, since), 0)), 0) from subscriptions where ended_at is null)

-- name: last_hits
-- When watches last fitted anything.
select id, last_hit_at from watches where id = any (%(ids)s) and last_hit_at is not null

-- name: remove
-- Removes a watch, its matches and what waited for its digests.
delete from watches where name = %(name)s returning id

-- name: every_name
-- The names of all watches, whatever else of them can be read.
select name from watches order by id

-- name: names
-- Names of watches by id.
select name from watches where id = any (%(ids)s) order by id

-- name: history
-- What a watch has matched lately, and what became of it.
select matches.at, matches.kind, matches.story_id, matches.article_id, articles.title, outlets.name, matches.terms, matches.excerpt, article_urls.url,
    coalesce(articles.published_at, articles.first_seen_at), articles.language,
    array(select deliveries.address || ' ' || coalesce(alerts.state, deliveries.state) || case when deliveries.reason <> '' then ': ' || deliveries.reason else '' end
          from deliveries left join alerts on alerts.id = deliveries.alert_id where deliveries.match_id = matches.id order by 1),
    matches.id
from matches join article_urls on article_urls.id = matches.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = articles.outlet_id
where matches.watch_id = (select id from watches where name = %(name)s)
order by matches.id desc
limit %(limit)s
