-- name: enqueue
-- Puts one written message into the outbox; the same message a second time changes nothing and returns nothing.
insert into alerts (message_id, address, domain, template, watches, articles, story_id, parent, subject, raw, made_at, next_try_at)
values (%(message_id)s, %(address)s, %(domain)s, %(template)s, %(watches)s, %(articles)s, %(story)s, %(parent)s, %(subject)s, %(raw)s, %(made_at)s, %(made_at)s)
on conflict (message_id) do nothing
returning id

-- name: claim
-- Takes one message that is due for this transaction; other senders pass over it. Without `mail`, only what goes to a URL.
-- Mail goes before what a service may hold up, and what was not tried before what has failed. A receiver that is away is asked again when its time has come.
select alerts.id, alerts.message_id, alerts.address, alerts.raw, alerts.attempts, alerts.subject, alerts.watches, addresses.key_turn
from alerts join addresses using (address)
where alerts.state = 'waiting' and alerts.next_try_at <= %(now)s and addresses.state = 'ok'
  and alerts.domain <> all (%(full)s::text[]) and alerts.address <> all (%(apart)s::text[])
  and (%(mail)s or alerts.address like '%%://%%')
  and (%(only)s::text is null or alerts.message_id = %(only)s)
  and (alerts.address not like '%%://%%' or not exists (
    select from alerts away
    where away.address = alerts.address and away.state = 'waiting' and away.last_outcome = 'receiver_away' and away.next_try_at > %(now)s))
order by alerts.address like '%%://%%', alerts.address like '%%://%%' and alerts.attempts > 0, alerts.next_try_at, alerts.id
limit 1
for update of alerts skip locked

-- name: mark_sent
-- Says that the server has accepted a message.
update alerts set state = 'sent', sent_at = %(now)s, attempts = attempts + 1, last_outcome = 'sent', last_said = ''
where message_id = %(message_id)s and state = 'waiting'

-- name: mark_for_retry
-- Keeps a message for another attempt.
update alerts set attempts = attempts + 1, next_try_at = %(next_try_at)s, last_outcome = %(outcome)s, last_said = %(said)s
where message_id = %(message_id)s and state = 'waiting'

-- name: hold
-- Lets all that waits for an address wait longer; what another sender has in hand is left to it.
update alerts set next_try_at = %(until)s
where id in (
    select id from alerts
    where address = %(address)s and state = 'waiting' and next_try_at < %(until)s
    for update skip locked)

-- name: mark_dropped
-- Gives a message up for good.
update alerts set state = 'dropped', attempts = attempts + 1, last_outcome = %(outcome)s, last_said = %(said)s
where message_id = %(message_id)s and state = 'waiting'

-- name: pause_address
-- Stops mail to an address, with the reason; returns it if it was not paused before.
update addresses set state = 'paused', reason = %(reason)s, since = %(now)s, told_operator = false
where address = %(address)s and state = 'ok'
returning address

-- name: score_refusal
-- Counts a refusal against an address, if none counted a short while ago; returns the sum.
update addresses
set score = case when scored_at > %(now)s - %(apart)s then score else score + %(weight)s end,
    scored_at = case when scored_at > %(now)s - %(apart)s then scored_at else %(now)s end,
    refusal = %(said)s
where address = %(address)s
returning score

-- name: forgive
-- Takes off the sum of refusals what a mail that was taken makes good, unless mails to the address came back lately.
update addresses set score = greatest(0, score - %(by)s)
where address = %(address)s and score > 0 and (bounced_at is null or bounced_at < now() - %(apart)s)

-- name: note_bounce
-- Keeps that a mail to an address came back.
update addresses set bounced_at = %(now)s where address = %(address)s

-- name: refused
-- Addresses that have refused mail and are not paused for it.
select address, score, scored_at, refusal from addresses where state = 'ok' and score > 0 order by score desc, address

-- name: hurry_unheard
-- What the mail server was never told of, since it was away, is due at once.
update alerts set next_try_at = %(now)s
where state = 'waiting' and last_outcome in ('server_away', 'misconfigured') and next_try_at > %(now)s and address not like '%%://%%'

-- name: quiet_hours
-- The quiet hours of the watches that speak in a message: zone, from, until.
select timezone, quiet_from, quiet_until from watches where name = any (%(watches)s) order by id

-- name: hold_message
-- Lets one message wait until a moment.
update alerts set next_try_at = %(until)s where id = %(id)s and state = 'waiting'

-- name: resume_address
-- Lets mail to an address go again, its refusals forgotten.
update addresses set state = 'ok', reason = '', since = %(now)s, told_operator = false, score = 0, scored_at = null where address = %(address)s and state = 'paused'

-- name: hurry
-- What waits for an address is due at once.
update alerts set next_try_at = %(now)s where address = %(address)s and state = 'waiting'

-- name: paused
-- All paused addresses.
select address, reason, since, score from addresses where state = 'paused' order by since, address

-- name: mails_since
-- How many mails were written to an address since a moment, and when the first of them was.
select count(*), min(made_at) from alerts
where address = %(address)s and made_at > %(since)s and template <> 'operator' and state <> 'dropped'

-- name: count_sent
-- Messages accepted per provider since a moment.
select domain, count(*) from alerts where state = 'sent' and sent_at > %(since)s group by domain

-- name: stuck
-- What has waited for too long although it might go: count, the oldest's moment, the last words.
select count(*), min(made_at), (array_agg(last_outcome || ': ' || last_said order by next_try_at desc) filter (where last_outcome <> ''))[1]
from alerts join addresses using (address)
where alerts.state = 'waiting' and addresses.state = 'ok' and made_at < %(before)s

-- name: waiting
-- How many messages wait, and when the next is due.
select count(*), min(next_try_at) from alerts join addresses using (address) where alerts.state = 'waiting' and addresses.state = 'ok'

-- name: by_message_id
-- The address a message was for: bounces name messages.
select address from alerts where message_id = %(message_id)s

-- name: empty_old
-- Empties messages that were sent or given up long ago; the rows stay, as history.
update alerts set raw = '' where made_at < %(before)s and state <> 'waiting' and raw <> ''

-- name: forget_articles
-- Empties the mails that quote certain articles; those still waiting are dropped.
update alerts set raw = '', subject = '', state = case when state = 'waiting' then 'dropped' else state end,
    last_outcome = case when state = 'waiting' then 'forgotten' else last_outcome end
where articles && %(articles)s::bigint[]

-- name: count_skip
-- Counts mails that were not written, with the reason.
insert into skipped (day, reason, count) values (%(day)s, %(reason)s, %(count)s)
on conflict (day, reason) do update set count = skipped.count + excluded.count

-- name: skip_counts
-- Counted reasons since a day.
select reason, sum(count)::bigint from skipped where day >= %(since)s group by reason order by 2 desc, 1

-- name: drop_restored
-- Gives up the messages that waited in an archive that has just been restored.
update alerts set state = 'dropped', last_outcome = 'restored', last_said = 'it waited when the backup was made' where state = 'waiting'

-- name: skip_restored
-- Skips the deliveries that have been due since the backup was made.
update deliveries set state = 'skipped', reason = 'restored' where state = 'waiting' and due_at <= %(now)s

-- name: failing
-- Messages that failed: all that wait, and those given up at an attempt that was due since a moment. The newest first.
select id, made_at, address, subject, last_outcome as outcome, last_said as said, attempts,
    case when state = 'waiting' then next_try_at end as next_try_at
from alerts
where last_outcome <> all (%(quiet)s::text[]) and (state = 'waiting' or (state = 'dropped' and next_try_at >= %(since)s))
order by id desc
limit %(limit)s

-- name: backlog
-- How many messages failed, by outcome as in `failing`; without an outcome: deliveries whose mail could not be written.
select last_outcome, count(*)
from alerts
where last_outcome <> all (%(quiet)s::text[]) and (state = 'waiting' or (state = 'dropped' and next_try_at >= %(since)s))
group by last_outcome
union all
select '', count(*) from deliveries where state = 'skipped' and reason = %(not_written)s and due_at >= %(since)s

-- name: count_paused
-- How many addresses are paused.
select count(*) from addresses where state = 'paused'

-- name: retry_failed
-- What waits after a failure is due at once.
update alerts set next_try_at = %(now)s where state = 'waiting' and last_outcome <> '' and next_try_at > %(now)s

-- name: drop
-- Gives up a message that waits, by its number.
update alerts set state = 'dropped', last_outcome = 'dropped', last_said = 'by hand' where id = %(id)s and state = 'waiting'

-- name: retry_unwritten
-- What could not be written waits to be written again.
update deliveries set state = 'waiting', reason = '' where state = 'skipped' and reason = %(not_written)s

-- name: listed
-- Messages of the outbox in some states, or the one of a number; the newest first.
with listed as (
    select id, made_at, address, subject, last_outcome, last_said, attempts, next_try_at, sent_at, raw, watches, message_id,
        case
            when alerts.state = 'dropped' then 'failed'
            when alerts.state = 'waiting' and attempts > 0 then 'deferred'
            else alerts.state
        end as state
    from alerts)
select id, made_at, listed.address, subject, listed.state, last_outcome, last_said, attempts,
    case when listed.state in ('waiting', 'deferred') then next_try_at end, sent_at, addresses.state = 'paused', message_id, watches
from listed join addresses using (address)
where (%(id)s::bigint is null or id = %(id)s) and (%(states)s::text[] is null or listed.state = any (%(states)s))
order by id desc
limit %(limit)s

-- name: raw
-- A message as it goes over the wire; empty where it was emptied by age.
select raw from alerts where id = %(id)s

-- name: hurry_message
-- One message that waits is due at once.
update alerts set next_try_at = %(now)s where id = %(id)s and state = 'waiting'

-- name: restore
-- A message that was given up waits again, unless all that it told has been told by another one since.
update alerts set state = 'waiting', attempts = 0, last_outcome = '', last_said = '', next_try_at = %(now)s
where id = %(id)s and state = 'dropped' and raw <> '' and last_outcome not in ('forgotten', 'restored')
  and (template = 'operator' or exists (
    select from deliveries where alert_id = alerts.id or (dropped_alert_id = alerts.id and state = 'waiting')))

-- name: restore_deliveries
-- What a message tells stands in it again, and waits for no other.
update deliveries set state = 'written', alert_id = %(id)s, dropped_alert_id = null where dropped_alert_id = %(id)s and state = 'waiting'

-- name: restore_notices
-- Notes again what a message tells.
insert into told (address, story_id, kind, occasion, alert_id, at)
select deliveries.address, coalesce(story_aliases.story_id, matches.story_id),
    case matches.kind when 'first_mention' then 'new' else matches.kind end, matches.occasion, %(id)s, %(now)s
from deliveries join matches on matches.id = deliveries.match_id
left join story_aliases on story_aliases.old_id = matches.story_id
where deliveries.alert_id = %(id)s
on conflict (address, story_id, kind, occasion) do nothing

-- name: key_turn
-- How often the key of a webhook was renewed.
select key_turn from addresses where address = %(address)s

-- name: renew_key
-- Renews the key of a webhook; returns how often that was done.
update addresses set key_turn = key_turn + 1 where address = %(address)s returning key_turn
