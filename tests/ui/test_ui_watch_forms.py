"""Watches made and changed in the browser: preview, save, pause, mute, remove, and who may."""

import re
from datetime import UTC, datetime

import pytest
from fastapi.routing import APIRoute

HOSTILE = "<script>alert(1)</script>"


def csrf_of(page: str) -> str:
    return re.search(r'name="csrf" value="(\w+)"', page)[1]


def fields(client, **changes: object) -> dict[str, object]:
    texts = {
        "csrf": csrf_of(client.get("/khabar/watch/new").text),
        "name": "Railway",
        "query": "railway",
        "recipients": "ana@example.org\nboris@example.org",
        "rhythm": "daily",
        "kinds": ["new", "follow_up"],
        "timezone": "Asia/Baku",
        "hour": "7",
        "weekday": "0",
        "picked_up_by": "0",
        "settle": "60",
        "pace": "180",
        "mail_language": "en",
        "do": "save",
    }
    return {**texts, **changes}


def number_of(page: str) -> str:
    return re.search(r"/watch/(\d+)/edit", page)[1]


@pytest.fixture
def saved(client):
    """Save a watch, and remove it afterwards; its number."""
    answer = client.post("/khabar/watch/new", data=fields(client), follow_redirects=True)
    assert "Saved." in answer.text
    number = number_of(answer.text)
    yield number
    client.post(f"/khabar/watch/{number}/remove", data={"csrf": fields(client)["csrf"]})


def test_a_search_leads_to_a_form_that_holds_its_query(client):
    assert "/khabar/watch/new?q=compressor" in client.get("/khabar/?q=compressor").text
    form = client.get("/khabar/watch/new?q=compressor").text
    assert re.search(r"<textarea[^>]*name=\"query\"[^>]*>compressor</textarea>", form)


def test_a_preview_saves_nothing_and_tries_a_pasted_text(client):
    typed = fields(client, do="preview", pasted="The railway opens\nIn May, they say.")
    page = client.post("/khabar/watch/new", data=typed).text
    assert "The last" in page
    assert "<mark>railway</mark>" in page
    assert "Railway</a>" not in client.get("/khabar/watches").text
    other = client.post("/khabar/watch/new", data={**typed, "pasted": "Football"}).text
    assert "does not fit" in other


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "a name is one line"),
        ({"name": "Gas & <oil>"}, "already"),
        ({"query": "(railway"}, "aria-invalid"),
        ({"recipients": ""}, "needs somebody to tell"),
        ({"recipients": "nobody"}, "no mail address"),
        ({"recipients": "syslog://"}, "tells this machine"),
        ({"rhythm": "sometimes"}, "none of"),
        ({"kinds": []}, "at least one kind"),
        ({"kinds": ["picked_up"]}, "number of outlets"),
        ({"timezone": "Nowhere"}, "no time zone"),
        ({"hour": "25"}, "hour lies between"),
        ({"hour": "soon"}, "no whole number"),
        ({"weekday": "9"}, "weekday lies between"),
        ({"quiet": "at night"}, "no quiet hours"),
        ({"expires": "some day"}, "no moment"),
        ({"mail_language": "xx"}, "mails are written in"),
    ],
)
def test_a_wrong_field_is_told_and_nothing_typed_is_lost(client, changes, sentence):
    typed = fields(client, pasted="A text to try", outlets="bulletin")
    answer = client.post("/khabar/watch/new", data={**typed, **changes})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "A text to try" in answer.text
    assert 'value="bulletin"' in answer.text


def test_what_was_saved_stands_in_the_form(client, saved):
    form = client.get(f"/khabar/watch/{saved}/edit").text
    assert "railway</textarea>" in form
    assert '<option value="daily" selected>' in form
    assert "a…@example.org" in form
    assert "ana@example.org" not in form


def test_others_stay_when_their_box_is_checked_and_go_when_not(client, saved):
    form = client.get(f"/khabar/watch/{saved}/edit").text
    keys = re.findall(r'name="keep" value="(\w+)"', form)
    assert len(keys) == 2
    typed = fields(client, recipients="carla@example.org", keep=keys[:1])
    answer = client.post(f"/khabar/watch/{saved}/edit", data=typed, follow_redirects=True)
    assert "a…@example.org" in answer.text
    assert "c…@example.org" in answer.text
    assert "b…@example.org" not in answer.text


@pytest.mark.parametrize(
    ("switch", "said", "then"),
    [
        ("pause", "Paused: matches are kept", "Resume"),
        ("resume", "Mail goes out again.", "Pause"),
        ("mute", "Muted.", "Muted until"),
        ("unmute", "No longer muted.", "Mute for a day"),
    ],
)
def test_a_watch_is_switched_by_one_button(client, saved, switch, said, then):
    form = {"span": "month", "csrf": fields(client)["csrf"]}
    answer = client.post(f"/khabar/watch/{saved}/{switch}", data=form, follow_redirects=True)
    assert said in answer.text
    assert then in answer.text


def test_removing_asks_first(client, saved):
    asked = client.get(f"/khabar/watch/{saved}/remove").text
    assert "Remove Railway?" in asked
    form = {"csrf": csrf_of(asked)}
    answer = client.post(f"/khabar/watch/{saved}/remove", data=form, follow_redirects=True)
    assert "Removed." in answer.text
    assert client.get(f"/khabar/watch/{saved}/edit").status_code == 404


def test_watches_go_out_as_toml_without_others_addresses_and_come_in_without_losing_them(
    client, saved
):
    written = client.get("/khabar/watches.toml").text
    assert 'name = "Railway"' in written
    assert "@example.org" not in written
    changed = written.replace('query = "railway"', 'query = "railway OR tram"')
    form = {"csrf": fields(client)["csrf"], "toml": changed}
    answer = client.post("/khabar/watch/import", data=form, follow_redirects=True)
    assert "railway OR tram" in answer.text
    assert answer.text.count("…@example.org") == 2


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("[[watch]", "the text"),
        ("[[watch]]\nname = 'A'", "&#39;query&#39; is missing"),
        ("[[watch]]\nname='A'\nquery='a'\nrecipients=['syslog://']", "tells this machine"),
    ],
)
def test_a_wrong_text_saves_nothing_and_is_kept(client, toml, sentence):
    form = {"csrf": fields(client)["csrf"], "toml": "[[watch]]\nname='Z'\nquery='z'\n" + toml}
    answer = client.post("/khabar/watch/import", data=form)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "query=&#39;z&#39;" in answer.text
    assert "Z</a>" not in client.get("/khabar/watches").text


def test_a_scripted_name_stays_text(client):
    typed = fields(client, name=HOSTILE, do="preview", query=HOSTILE, pasted=HOSTILE)
    assert HOSTILE not in client.post("/khabar/watch/new", data=typed).text


# What each page's write, or an editor's page, answers: (none, reader, editor and above) without a
# form's token. All other pages: (303, 200 or 404, the same).
ROLES = ("reader", "editor", "operator", "admin")
PUBLIC = {"/unsubscribe"}
EDITORS = {
    "/evidence/{subject}/{number}",
    "/watch/import",
    "/watch/new",
    "/watch/{number}/edit",
    "/watch/{number}/remove",
    "/watch/{number}/pause",
    "/watch/{number}/resume",
    "/watch/{number}/mute",
    "/watch/{number}/unmute",
}
EVERYBODY = {
    "/why",
    "/today",
    "/today/read",
    "/story/{number}/{mark}",
    "/watches.toml",
    "/found.csv",
    "/found.jsonl",
    "/",
    "/story/{number}",
    "/article/{number}",
    "/outlets",
    "/outlets/{name}",
    "/watches",
    "/watch/{number}",
    "/watches/{name}",
    "/runs",
    "/runs/{name}",
    "/me",
    "/me/tokens",
    "/me/tokens/{number}/revoke",
}
PROGRAMS = ("/api/", "/feed.", "/watch/{number}.")


def routes(application) -> list[tuple[str, str]]:
    """Return method and path of every route of the application."""
    found = []
    for route in application.routes:
        if isinstance(route, APIRoute):
            found += [(method, route.path) for method in sorted(route.methods)]
    return found


def path_of(pattern: str) -> str:
    return (
        pattern.replace("{number}", "999999")
        .replace("{subject}", "article")
        .replace("{mark}", "star")
        .replace("{name}", "nobody")
        .replace("{form}", "atom")
    )


def test_every_endpoint_has_its_place_in_the_table_and_answers_by_it(application, stranger, client):
    strange = []
    for method, pattern in routes(application):
        path = f"/khabar{path_of(pattern)}"
        if pattern in PUBLIC:
            continue
        without = stranger.request(method, path).status_code
        if pattern.startswith(PROGRAMS):
            bad = {"authorization": "Bearer wrong"}
            refused = stranger.request(method, path, headers=bad).status_code
            fits = (without, refused) == (401, 401)
            strange += [] if fits else [(method, pattern, without, refused)]
            continue
        if pattern not in EDITORS | EVERYBODY:
            strange.append((method, pattern, "is not in the table"))
            continue
        form = {"csrf": csrf_of(client.get("/khabar/me").text)}
        for role in ROLES:
            data = form if method == "POST" else None
            answer = client.request(method, path, headers={"x-role": role}, data=data)
            is_refused = answer.status_code == 403
            expected = pattern in EDITORS and role == "reader"
            strange += [] if is_refused == expected else [(method, pattern, role, answer)]
        if method == "POST":
            forged = client.post(path, data={"csrf": "forged"}).status_code
            strange += [] if forged == 403 else [(method, pattern, "forged", forged)]
        expected = 401 if method == "POST" else 303
        strange += [] if without in {expected, 413} else [(method, pattern, "stranger", without)]
    assert strange == []


def test_an_outlet_leads_to_a_watch_of_its_own(client):
    path = re.search(r'/khabar/watch/new\?q=[^"]+', client.get("/khabar/outlets/bulletin").text)[0]
    assert "outlet:bulletin</textarea>" in client.get(path).text


def test_what_was_changed_is_written_down_with_who_did_it(client, saved):
    page = client.get("/khabar/me").text
    assert "watch saved, Railway" in page
    assert "watch saved" not in client.get("/khabar/me", headers={"x-user": "other"}).text


def test_beside_a_match_a_narrower_query_is_proposed(client, saved, archive_url):
    from html import unescape

    from news.watch import MatchKind
    from storage import Archive, alerts, pages
    from storage.alerts import NewMatch

    found = client.get("/khabar/api/search?q=railway").json()["articles"][0]["id"]
    with Archive(archive_url) as archive, archive.transaction() as cursor:
        match = NewMatch(
            watch=int(saved),
            story=pages.stories_of(cursor, [found])[found],
            kind=MatchKind.NEW,
            occasion="",
            article=found,
            version=1,
            terms=("railway",),
            excerpt="The railway opens.",
        )
        alerts.save_matches(cursor, [match], datetime.now(UTC))

    page = client.get("/khabar/watches/Railway").text
    outlet, headline = re.findall(r'href="(/khabar/watch/\d+/edit\?q=[^"]+)"', page)
    assert "(railway) -outlet:bulletin</textarea>" in client.get(unescape(outlet)).text
    form = unescape(client.get(unescape(headline)).text)
    assert '(railway) -title:"Railway to open in June"</textarea>' in form
    assert (
        "Not this" not in client.get("/khabar/watches/Railway", headers={"x-role": "reader"}).text
    )


@pytest.mark.parametrize(
    "path", ["/khabar/?q=compressor", "/khabar/outlets/bulletin", "/khabar/story/{story}"]
)
def test_watch_this_is_shown_to_those_who_may(client, path):
    found = client.get("/khabar/?q=compressor").text
    path = path.replace("{story}", re.search(r"/khabar/story/(\d+)", found)[1])
    for role in ROLES:
        page = client.get(path, headers={"x-role": role}).text
        assert ("/watch/new" in page) == (role != "reader")


def test_a_story_leads_to_a_query_of_its_headline_that_finds_it(client):
    number = re.search(r"/khabar/story/(\d+)", client.get("/khabar/?q=compressor").text)[1]
    page = client.get(f"/khabar/story/{number}").text
    path = re.search(r'/khabar/watch/new\?q=[^"]+', page)[0]
    form = client.get(path).text
    query = re.search(r'name="query"[^>]*>([^<]+)</textarea>', form)[1]
    assert query == "Compressor station switched"
    assert f"/khabar/story/{number}" in client.get("/khabar/", params={"q": query}).text


@pytest.mark.parametrize(
    ("headline", "query"),
    [
        ("Envoys of Uzbekistan meet the Tajik minister NEAR Bokhara", "Uzbekistan Tajik Bokhara"),
        ('Gas "up" 5 %', 'title:"Gas  up  5 %"'),
        ("پل تازه بسته شد", "تازه بسته"),
        ("Ports, ports and PORTS", "Ports"),
    ],
)
def test_a_query_of_a_headline_holds_its_names_and_longest_words(headline, query):
    from news.query import parse
    from ui import proposals

    assert proposals.of_headline(headline) == query
    parse(query)
