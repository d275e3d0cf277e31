-- name: save
-- Saves a watch by name; the second time it changes the first.
insert into watches (name, query, rhythm, kinds, outlets, regions, languages, timezone, hour, weekday, quiet_from, quiet_until,
    picked_up_by, settle_minutes, mail_language, mute_until, expires, paused)
values (%(name)s, %(query)s, %(rhythm)s, %(kinds)s, %(outlets)s, %(regions)s, %(languages)s, %(timezone)s, %(hour)s, %(weekday)s,
    %(quiet_from)s, %(quiet_until)s, %(picked_up_by)s, %(settle)s, %(mail_language)s, %(mute_until)s, %(expires)s, %(paused)s)
on conflict (name) do update set query = excluded.query, rhythm = excluded.rhythm, kinds = excluded.kinds, outlets = excluded.outlets,
    regions = excluded.regions, languages = excluded.languages, timezone = excluded.timezone, hour = excluded.hour,
    weekday = excluded.weekday, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
    picked_up_by = excluded.picked_up_by, settle_minutes = excluded.settle_minutes, mail_language = excluded.mail_language,
    mute_until = excluded.mute_until, expires = excluded.expires, paused = excluded.paused, changed_at = now(),
    last_hit_at = case when watches.query = excluded.query then watches.last_hit_at end
returning id

-- name: know_address
-- Makes an address known.
insert into addresses (address, domain) values (%(address)s, %(domain)s) on conflict (address) do nothing

-- name: subscribe
-- Subscribes an address to a watch; naming it again after it unsubscribed subscribes it again.
insert into subscriptions (watch_id, address) values (%(watch)s, %(address)s)
on conflict (watch_id, address) do update set ended_at = null, since = now() where subscriptions.ended_at is not null and %(again)s

-- name: unsubscribe_others
-- Removes the addresses that a saved watch no longer names.
delete from subscriptions where watch_id = %(watch)s and not (address = any (%(addresses)s))

-- name: end_subscriptions
-- Ends what an address gets of some watches.
update subscriptions set ended_at = %(now)s where address = %(address)s and watch_id = any (%(watches)s) and ended_at is null

-- name: all
-- All watches with the addresses that get them.
select watches.id, name, query, rhythm, kinds, outlets, regions, languages, timezone, hour, weekday, quiet_from, quiet_until,
    picked_up_by, settle_minutes, mail_language, mute_until, expires, paused, last_hit_at,
    array(select address from subscriptions where watch_id = watches.id and ended_at is null order by since, address), changed_at
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

-- name: take_turn
-- Matchers take turns: the second waits until the first has committed.
select pg_advisory_xact_lock(%(lock)s)

-- name: take
-- Takes a batch out of the queue: the articles as they read now, and what an edit replaced.
with batch as (
    delete from match_queue where id in (select id from match_queue order by id limit %(limit)s for update skip locked)
    returning id, article_id, version, at
)
select batch.article_id, batch.version, batch.at, articles.at, articles.first_seen_at, articles.published_at, articles.title,
    articles.standfirst, articles.body, articles.language, articles.authors, articles.section, article_urls.url,
    outlets.name, outlets.title, outlets.region, outlets.country, articles.deleted_at,
    revisions.kind, revisions.before_title, revisions.before_standfirst, revisions.before_body, revisions.silent,
    case when articles.analyser = %(analyser)s then articles.terms::text else '' end
from batch
join article_urls on article_urls.id = batch.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = articles.outlet_id
left join revisions on revisions.article_id = batch.article_id and revisions.number = batch.version
order by batch.id

-- name: discard_change
-- Takes the first change out of the queue without reading its article.
delete from match_queue where id = (select id from match_queue order by id limit 1 for update skip locked)
returning article_id

-- name: facts
-- The stories of articles: how many outlets carry each, and which stories it carries on, the closest first.
select homes.article_id, homes.story_id,
    (select count(distinct article_urls.outlet_id) from story_members join article_urls on article_urls.id = story_members.article_id
     where story_members.story_id = homes.story_id),
    array(select earlier_id from story_follow_ups where later_id = homes.story_id order by score desc, earlier_id)
from story_members as homes
where homes.role = 'member' and homes.article_id = any (%(articles)s)

-- name: prior
-- Which watches have matched which stories before, under this id, under the id of a story that was taken in, or by a member.
with asked as (select distinct unnest(%(stories)s::bigint[]) as story_id),
    ids as (select story_id, story_id as known from asked union select story_id, old_id from asked join story_aliases using (story_id))
select matches.watch_id, ids.story_id from ids join matches on matches.story_id = ids.known
where matches.kind = any (%(kinds)s)
union
select matches.watch_id, asked.story_id from asked join story_members using (story_id) join matches using (article_id)
where matches.kind = any (%(kinds)s)

-- name: copies
-- The members of stories, one for each outlet, in the order in which they came.
select story_members.story_id, article_urls.id, outlets.id,
    coalesce(nullif(outlets.title, ''), outlets.name), article_urls.url, coalesce(articles.published_at, articles.first_seen_at) as first_seen
from story_members
join article_urls on article_urls.id = story_members.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = article_urls.outlet_id
where story_members.story_id = any (%(stories)s) and articles.deleted_at is null
order by story_members.story_id, first_seen, outlets.id, article_urls.id

-- name: keep
-- Keeps matches; those known already change nothing. Returns the new ones.
insert into matches (watch_id, story_id, kind, occasion, article_id, version, terms, excerpt, at)
values %s
on conflict (watch_id, story_id, kind, occasion) do nothing
returning id, watch_id, story_id, kind, occasion

-- name: touch
-- Remembers when a watch last fitted anything.
update watches set last_hit_at = greatest(watches.last_hit_at, hits.at) from (values %s) as hits (id, at) where watches.id = hits.id

-- name: deliver
-- Plans matches for addresses.
insert into deliveries (match_id, address, due_at, state, reason) values %s on conflict (match_id, address) do nothing

-- name: resettle
-- Lets waiting "picked up" mails of a story wait for further copies.
update deliveries set due_at = greatest(deliveries.due_at, moved.due_at)
from (values %s) as moved (watch_id, story_id, due_at) join matches on matches.watch_id = moved.watch_id and matches.story_id = moved.story_id
where deliveries.match_id = matches.id and matches.kind = 'picked_up' and deliveries.state = 'waiting'

-- name: picked_up_waiting
-- Waiting "picked up" mails of stories.
select distinct matches.watch_id, matches.story_id, matches.at
from matches join deliveries on deliveries.match_id = matches.id
where matches.story_id = any (%(stories)s) and matches.kind = 'picked_up' and deliveries.state = 'waiting'

-- name: due
-- Takes what is due to become mail, for addresses that may be mailed.
select matches.id, matches.watch_id, coalesce(story_aliases.story_id, matches.story_id), matches.kind, matches.occasion,
    matches.article_id, matches.version, matches.terms, matches.excerpt, matches.at, deliveries.address
from deliveries join matches on matches.id = deliveries.match_id
left join story_aliases on story_aliases.old_id = matches.story_id
where deliveries.state = 'waiting' and deliveries.due_at <= %(now)s
order by deliveries.address, matches.id
limit %(limit)s
for update of deliveries skip locked

-- name: told_elsewhere
-- What addresses were told of stories that have been taken into these since.
select told.address, story_aliases.story_id, told.kind, told.occasion
from told join story_aliases on story_aliases.old_id = told.story_id
where story_aliases.story_id = any (%(stories)s) and told.address = any (%(addresses)s)

-- name: thread
-- The first mail that told an address of one of these stories: the parent of what follows.
select alerts.message_id
from told join alerts on alerts.id = told.alert_id
where told.address = %(address)s and alerts.state <> 'dropped' and told.story_id in (
    select %(story)s::bigint union select old_id from story_aliases where story_id = %(story)s)
order by told.at, alerts.id
limit 1

-- name: tell
-- Notes what an address is being told; returns what it had not been told before.
insert into told (address, story_id, kind, occasion, at) values %s
on conflict (address, story_id, kind, occasion) do nothing
returning address, story_id, kind, occasion

-- name: edits_told
-- When addresses were last told of edits, by article, under a story's own id or the id of one that was taken in.
select address, split_part(occasion, '.', 1)::bigint, max(at)
from told
where kind = 'edited' and at > %(since)s and address = any (%(addresses)s) and story_id in (
    select unnest(%(stories)s::bigint[]) union select old_id from story_aliases where story_id = any (%(stories)s))
group by 1, 2

-- name: postpone
-- Lets deliveries wait.
update deliveries set due_at = later.due_at
from (values %s) as later (match_id, address, due_at)
where deliveries.match_id = later.match_id and deliveries.address = later.address and deliveries.state = 'waiting'

-- name: told_by
-- Notes which mail told it.
update told set alert_id = %(alert)s where address = %(address)s and alert_id is null and (story_id, kind, occasion) in %(keys)s

-- name: untell
-- Takes back what was noted as being told and stands in no mail.
delete from told where address = %(address)s and alert_id is null and (story_id, kind, occasion) in %(keys)s

-- name: settle_written
-- Marks deliveries as written into a mail.
update deliveries set state = 'written', alert_id = %(alert)s where address = %(address)s and match_id = any (%(matches)s)

-- name: settle_skipped
-- Marks deliveries as skipped, with the reason.
update deliveries set state = 'skipped', reason = skips.reason
from (values %s) as skips (match_id, address, reason)
where deliveries.match_id = skips.match_id and deliveries.address = skips.address and deliveries.state = 'waiting'

-- name: articles
-- Articles as a mail shows them.
select articles.id, articles.title, articles.language, coalesce(articles.published_at, articles.first_seen_at), article_urls.url, outlets.name,
    outlets.title, articles.standfirst, articles.body
from article_urls join articles on articles.id = article_urls.id and articles.at = article_urls.at
join outlets on outlets.id = articles.outlet_id
where article_urls.id = any (%(ids)s)

-- name: edit
-- An edit, or several in a row: what stood before the first, and what replaced it with the last.
select revisions.before_title, revisions.before_body, coalesce(later.before_title, articles.title), coalesce(later.before_body, articles.body)
from revisions
join article_urls on article_urls.id = revisions.article_id
join articles on articles.id = article_urls.id and articles.at = article_urls.at
left join lateral (
    select before_title, before_body from revisions as next
    where next.article_id = revisions.article_id and next.number > %(last)s and next.before_body is not null
    order by next.number limit 1
) as later on true
where revisions.article_id = %(article)s and revisions.number = %(version)s and revisions.before_body is not null

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

-- name: recent
-- Articles since a moment, newest first, as if they were new: the material of previews. `tsquery` is what every answer meets.
select articles.id, 1, articles.first_seen_at, articles.at, articles.first_seen_at, articles.published_at, articles.title,
    articles.standfirst, articles.body, articles.language, articles.authors, articles.section, article_urls.url,
    outlets.name, outlets.title, outlets.region, outlets.country, articles.deleted_at, null, null, null, null, false,
    case when articles.analyser = %(analyser)s then articles.terms::text else '' end
from articles join article_urls on article_urls.id = articles.id and article_urls.at = articles.at
join outlets on outlets.id = articles.outlet_id
where articles.at >= %(since)s and (%(tsquery)s::tsquery is null or articles.terms @@ %(tsquery)s::tsquery)
order by articles.at desc, articles.id desc
limit %(limit)s

-- name: count_recent
-- How many articles there are since a moment, and the first of them.
select count(*), min(at) from articles where at >= %(since)s

-- name: outlets_known
-- Names and regions of outlets in the archive.
select name, region from outlets

-- name: listen
-- Hears of new articles.
listen khabar_match
