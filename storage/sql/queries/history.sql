-- name: article
-- One article as it stands, with what names it.
select a.*, u.url, u.checked_at, o.name as outlet
from article_urls u join articles a on a.id = u.id and a.at = u.at join outlets o on o.id = a.outlet_id
where u.key = %(key)s

-- name: revisions
-- The changes of an article, oldest first.
select number, seen_at, kind, silent, note, signed, changes, before_title, before_standfirst, before_body
from revisions where article_id = %(id)s order by number

-- name: forgotten
-- Whether an article was removed for good, and when.
select buried_at from tombstones where key = %(key)s
