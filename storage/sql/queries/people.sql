-- name: know
-- Makes a person known.
insert into people (name) values (%(name)s) on conflict (name) do nothing

-- name: person
-- What a person chose.
select name, zone, language, addresses, visited_at, previous_visit_at from people where name = %(name)s

-- name: choose
-- Keeps what a person chose.
update people set zone = %(zone)s, language = %(language)s, addresses = %(addresses)s where name = %(name)s

-- name: visit
-- Notes that a person asked for a page; after a pause, a new visit begins.
update people set visited_at = %(now)s,
    previous_visit_at = case when visited_at < %(now)s::timestamptz - %(pause)s::interval then visited_at else previous_visit_at end
where name = %(name)s
returning previous_visit_at

-- name: make_token
-- Keeps a token by its hash.
insert into person_tokens (person, label, scopes, hash) values (%(name)s, %(label)s, %(scopes)s, %(hash)s)

-- name: tokens
-- A person's tokens that open, the newest first.
select id, label, scopes, made_at from person_tokens where person = %(name)s and revoked_at is null order by id desc

-- name: revoke_token
-- Ends a token of a person's own.
update person_tokens set revoked_at = now() where person = %(name)s and id = %(number)s and revoked_at is null

-- name: holder
-- Whose a token is, and what it opens.
select person, scopes from person_tokens where hash = %(hash)s and revoked_at is null

-- name: record
-- Writes down who changed what.
insert into audit (person, action, subject) values (%(name)s, %(action)s, %(subject)s)

-- name: latest_changes
-- What a person changed, the newest first.
select at, action, subject from audit where person = %(name)s order by id desc limit %(limit)s

-- name: read_stories
-- Notes up to when a person has read stories; never takes back what she has read.
insert into story_marks (person, story_id, read_at) select %(name)s, s.id, %(until)s from stories s where s.id = any (%(stories)s)
on conflict (person, story_id) do update set read_at = greatest(story_marks.read_at, excluded.read_at)

-- name: unread_story
-- Takes a story for unread again.
update story_marks set read_at = null where person = %(name)s and story_id = %(story)s

-- name: star_story
-- Keeps a story for later, or not any more.
insert into story_marks (person, story_id, starred_at) select %(name)s, s.id, %(at)s from stories s where s.id = %(story)s
on conflict (person, story_id) do update set starred_at = excluded.starred_at

-- name: note_story
-- Keeps what a person wrote to a story.
insert into story_marks (person, story_id, note) select %(name)s, s.id, %(note)s from stories s where s.id = %(story)s
on conflict (person, story_id) do update set note = excluded.note

-- name: story_mark
-- A person's marks on a story.
select read_at, starred_at, note from story_marks where person = %(name)s and story_id = %(story)s
