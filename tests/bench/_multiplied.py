"""An archive of a million out of a hundred thousand: each article again, at other times.

Loading a million articles takes an hour of two cores, most of it for what a search never reads.
The words of the bench's articles are drawn independently, so one article at ten times stands for
ten articles: as many hold a word, two words, a phrase. Only the number of different rare words is
that of the smaller archive. Copies are written in the order of their times, as life would.
"""

from psycopg2 import sql

from storage import Archive

LOADED = 100_000  # articles that are loaded as any others; more are made of them

_COLUMNS = """
select column_name from information_schema.columns
where table_schema = 'public' and table_name = 'articles'
order by ordinal_position
"""
# An article's copy number k stands at its time moved by k parts of the whole span, round its end.
_KEYS = """
create table copies as
with span as (select min(at) as first, max(at) - min(at) as whole from articles),
numbered as (
    select a.id, a.at as was, s.first, s.whole, k,
        extract(epoch from a.at - s.first) + extract(epoch from s.whole) * k / {times} as seconds
    from articles a cross join span s cross join generate_series(1, {times} - 1) k
)
select id, was, k, id + k * {loaded} as number,
    first + make_interval(secs => mod(seconds, extract(epoch from whole))) as at
from numbered
"""
_URLS = """
insert into article_urls (id, key, url, outlet_id, at, checked_at)
overriding system value
select c.number, url_key(u.url || '?copy=' || c.k), u.url || '?copy=' || c.k, u.outlet_id, c.at,
    u.checked_at
from copies c join article_urls u using (id)
"""
_MONTHS = "select distinct date_trunc('month', at, 'UTC') as month from copies order by 1"
_ROWS = """
insert into articles ({columns})
select {values}
from (
    select * from copies
    where at >= %(month)s and at < %(month)s + interval '1 month' order by at
) c
cross join lateral (select * from articles where id = c.id and at = c.was offset 0) a
order by c.at
"""


def multiply(url: str, times: int) -> None:
    """Make each article of an archive stand in it `times` times."""
    if times == 1:
        return

    with Archive(url) as archive:
        with archive.transaction() as cursor:
            # Nobody watches this archive.
            cursor.execute("alter table article_urls disable trigger user")
            cursor.execute("set local timezone to 'UTC'")
            numbers = {"times": sql.Literal(times), "loaded": sql.Literal(LOADED * 10)}
            cursor.execute(sql.SQL(_KEYS).format(**numbers))
            cursor.execute(_URLS)
            cursor.execute(_COLUMNS)
            columns = [name for (name,) in cursor.fetchall()]
            cursor.execute(_MONTHS)
            months = [month for (month,) in cursor.fetchall()]

        copying = _copying(columns)
        for month in months:
            with archive.transaction() as cursor:
                cursor.execute(copying, {"month": month})

        with archive.transaction() as cursor:
            cursor.execute("drop table copies")


def _copying(columns: list[str]) -> sql.Composed:
    """Return the command that copies a month's rows, each with its own id and time."""
    own = {
        "id": sql.SQL("c.number"),
        "at": sql.SQL("c.at"),
        "published_at": sql.SQL("c.at"),
        "first_seen_at": sql.SQL("c.at"),
    }
    values = []
    for name in columns:
        values.append(own.get(name, sql.SQL("a.{}").format(sql.Identifier(name))))

    return sql.SQL(_ROWS).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(values),
    )
