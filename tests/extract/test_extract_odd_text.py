"""Text that comes out right although a page spells it oddly.

Entities twice over, soft hyphens, joiners, marks, charsets that lie.
"""

from datetime import UTC, datetime

import pytest

from extract import api
from news.article import Article, Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
REST = "".join(  # noqa: FLY002
    (
        "<p>The harbour office said the timetable was back to normal and that tickets "
        "bought during the storm stay valid.</p>",
        "<p>Forecasters expect calm weather until Sunday, when the wind may turn to the "
        "north again.</p>",
    )
)


def read(body: bytes, content_type: str = "text/html") -> Article:
    page = Page(
        url="https://kanar.az/1",
        final_url="https://kanar.az/1",
        status=200,
        headers=(("Content-Type", content_type),),
        body=body,
        fetched_at=NOW,
    )
    found = api.extract(page, outlet_of("https://kanar.az/1"), None)
    assert isinstance(found, Article), found
    return found


def page(title: str, line: str, head: str = "", rest: str = REST) -> str:
    return (
        f"<html><head>{head}<title>{title}</title></head><body><h1>{title}</h1><p>{line}</p>"
        f"{rest}</body></html>"
    )


LINES = {
    "entities": (
        "Tom &amp; Ann&rsquo;s ferry &ndash; back at the quay after the storm of the week",
        "Tom & Ann’s ferry – back at the quay after the storm of the week",
    ),
    "entities twice": (
        "Tom &amp;amp; Ann&amp;rsquo;s &amp;laquo;Ferry&amp;raquo; is back at the quay "
        "after the storm&amp;#33;",
        "Tom & Ann’s «Ferry» is back at the quay after the storm!",
    ),
    "soft hyphens": (
        "The fer\u00adry is back at the har\u00adbour&shy; office after the storm of the last week",
        "The ferry is back at the harbour office after the storm of the last week",
    ),
    "zero width spaces": (
        "The fer\u200bry\ufeff is back\u2060 at the harbour office after the storm of the "
        "last week",
        "The ferry is back at the harbour office after the storm of the last week",
    ),
    "joiners": (
        "قیمت‌ها در بازار می‌رود و خانه‌های کهنه در کنار رود باز هم فروخته می‌شود",
        "قیمت‌ها در بازار می‌رود و خانه‌های کهنه در کنار رود باز هم فروخته می‌شود",
    ),
    "no-break spaces": (
        "The&nbsp;ferry is&nbsp;&nbsp;back at the harbour office after the storm "
        "of\u202fthe last week",
        "The ferry is back at the harbour office after the storm of the last week",
    ),
    "direction marks": (
        "\u200fThe ferry\u200e is back at the harbour office \u202aafter the storm\u202c "
        "of the last week",
        "The ferry is back at the harbour office after the storm of the last week",
    ),
    "windows-1252 entities": (
        "The ferry&#146;s captain said &#147;we are back&#148; &#150; and went to the "
        "harbour office",
        "The ferry’s captain said “we are back” – and went to the harbour office",
    ),
}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_line_reads_as_a_reader_sees_it(name, charset):
    raw, shown = LINES[name]
    found = read(page("Ferry is back", raw).encode(charset))
    assert found.blocks[0].text == shown


@pytest.mark.parametrize(
    "name",
    ["entities", "entities twice", "soft hyphens", "zero width spaces", "windows-1252 entities"],
)
def test_a_title_too(name):
    raw, shown = LINES[name]
    assert (
        read(
            page(
                raw,
                "The ferry left the quay at six in the morning with a hundred and twenty "
                "people on board.",
            ).encode()
        ).title
        == shown
    )
    shared = f'<meta property="og:title" content="{raw}">'
    assert (
        read(
            page(
                "",
                "The ferry left the quay at six in the morning with a hundred and twenty "
                "people on board.",
                shared,
            ).encode()
        ).title
        == shown
    )


def test_what_is_written_about_entities_stays():
    assert (
        read(
            page(
                "A lesson",
                "Write &amp;amp; where you mean an ampersand and &amp;lt;b&amp;gt; where "
                "you mean a tag, the book on pages says.",
            ).encode()
        )
        .blocks[0]
        .text.startswith("Write &")
    )


REGION = {
    "ru": (
        "windows-1251",
        "Паром снова стоит у причала после шторма, сообщили в порту, и билеты остаются в "
        "силе до весны.",
    ),
    "kk": (
        "utf-8",
        "Кеме дауылдан кейін айлаққа қайта келді, деп хабарлады порт, билеттер көктемге "
        "дейін жарамды болады.",
    ),
    "tr": (
        "windows-1254",
        "Feribot fırtınadan sonra yeniden iskelede, liman müdürlüğü biletlerin ilkbahara "
        "kadar geçerli olduğunu açıkladı.",
    ),
    "fa": (
        "windows-1256",
        "کشتی پس از توفان باز در کنار اسکله ایستاد و بندر گفت که بليت ها تا بهار اعتبار "
        "دارد و مردم شادند.",
    ),
    "az": (
        "utf-8",
        "Bərə fırtınadan sonra yenidən körpüdədir, liman idarəsi biletlərin yaza qədər "
        "qüvvədə qaldığını bildirib.",
    ),
}


@pytest.mark.parametrize("declared", ["right", "none", "wrong"])
@pytest.mark.parametrize("code", REGION)
def test_charsets_of_the_region(code, declared):
    charset, line = REGION[code]
    said = {
        "right": charset,
        "none": "",
        "wrong": "iso-8859-1" if charset != "utf-8" else "windows-1251",
    }[declared]
    body = page(
        line[:40],
        line,
        f'<meta charset="{said}">' if said else "",
        f"<p>{line} {line}</p><p>{line.upper()}</p>",
    ).encode(charset, "xmlcharrefreplace")
    found = read(body, f"text/html; charset={said}" if said else "text/html")
    assert found.blocks[0].text == line
    assert found.language == code
