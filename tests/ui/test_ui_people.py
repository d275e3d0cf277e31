"""Who may do what: roles, forms that cannot be forged, a person's own page and tokens."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from ui.address_masks import masked
from ui.people import Role, role_of

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def csrf_of(page: str) -> str:
    return re.search(r'name="csrf" value="(\w+)"', page)[1]


def choices(client, **changes: str) -> dict[str, str]:
    fields = {"zone": "Asia/Baku", "language": "ru", "addresses": "Ana@Example.org\n"}
    return {"csrf": csrf_of(client.get("/khabar/me").text), **fields, **changes}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("viewer", Role.READER),
        ("user", Role.EDITOR),
        ("op", Role.OPERATOR),
        ("admin", Role.ADMIN),
        ("ADMIN", Role.ADMIN),
        (None, Role.READER),
        ("something new", Role.READER),
    ],
)
def test_airflows_roles_are_ours(name, role):
    assert role_of(name) is role


def test_what_a_person_chooses_is_kept_and_said(client):
    answer = client.post("/khabar/me", data=choices(client), follow_redirects=True)
    assert answer.status_code == 200
    assert "Saved." in answer.text
    assert "Asia/Baku" in answer.text
    assert "ana@example.org" in answer.text
    assert "own page saved" in answer.text


def test_nobody_sees_the_page_of_another(client):
    client.post("/khabar/me", data=choices(client))
    other = client.get("/khabar/me", headers={"x-user": "other"}).text
    assert "ana@example.org" not in other


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("zone", "Asia/Atlantis", "no time zone"),
        ("language", "xx", "mails are written in"),
        ("addresses", "nobody at all", "no mail address"),
        ("addresses", "\n".join(f"a{n}@example.org" for n in range(11)), "at most 10"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(client, field, value, sentence):
    fields = choices(client, **{"addresses": "kept@example.org", field: value})
    answer = client.post("/khabar/me", data=fields)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "aria-invalid" in answer.text
    assert value.splitlines()[0] in answer.text or field == "language"
    assert field == "addresses" or "kept@example.org" in answer.text


@pytest.mark.parametrize("csrf", ["", "0" * 64, "é"])
def test_a_form_without_its_token_does_nothing(client, csrf):
    fields = choices(client, addresses="forged@example.org")
    answer = client.post("/khabar/me", data={**fields, "csrf": csrf})
    assert answer.status_code == 403
    assert "forged@" not in client.get("/khabar/me").text


def test_a_token_of_another_person_does_nothing(client):
    fields = choices(client)
    answer = client.post("/khabar/me", data=fields, headers={"x-user": "other"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_write_from_another_site_does_nothing(client, headers):
    answer = client.post("/khabar/me", data=choices(client), headers=headers)
    assert answer.status_code == 403


def test_a_write_from_our_own_pages_passes(client, address):
    headers = {"origin": address, "sec-fetch-site": "same-origin"}
    answer = client.post("/khabar/me", data=choices(client), headers=headers)
    assert answer.status_code == 303


def test_a_form_that_is_too_large_is_not_read(client):
    answer = client.post("/khabar/me", data=choices(client, addresses="a" * 300_000))
    assert answer.status_code == 413


def test_a_session_that_ended_gives_back_what_was_typed(client, stranger):
    fields = choices(client, addresses='"><script>alert(1)</script>')
    answer = stranger.post("/khabar/me", data=fields)
    assert answer.status_code == 401
    assert "/auth/login?next=" in answer.text
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert fields["csrf"] in answer.text


def test_a_notice_is_one_of_ours(client):
    assert 'role="status"' not in client.get("/khabar/me?notice=whatever").text


def test_a_token_opens_the_api_until_it_is_revoked(client, stranger):
    page = client.get("/khabar/me").text
    made = client.post("/khabar/me/tokens", data={"csrf": csrf_of(page), "label": "<b>script"})
    token = re.search(r"shown this once: <code>([\w-]+)</code>", made.text)[1]
    assert "<b>script" not in made.text
    headers = {"authorization": f"Bearer {token}"}
    assert stranger.get("/khabar/api/runs", headers=headers).status_code == 200
    assert token not in client.get("/khabar/me").text
    number = re.search(r"/me/tokens/(\d+)/revoke", made.text)[1]
    path = f"/khabar/me/tokens/{number}/revoke"
    form = {"csrf": csrf_of(page)}
    other = client.get("/khabar/me", headers={"x-user": "other"}).text
    client.post(path, data={"csrf": csrf_of(other)}, headers={"x-user": "other"})
    assert stranger.get("/khabar/api/runs", headers=headers).status_code == 200
    assert client.post(path, data=form).status_code == 303
    assert stranger.get("/khabar/api/runs", headers=headers).status_code == 401


def test_others_addresses_are_masked(client):
    page = client.get("/khabar/watches").text
    assert "analyst@localhost" not in page
    assert "a…@localhost" in page
    assert masked("slack://secret/token", ()) == "slack://…"
    assert masked("ana@example.org", ("ana@example.org",)) == "ana@example.org"


def test_a_visit_ends_after_half_an_hour_without_a_page(database_url):
    from storage import Archive, people

    with Archive(database_url) as archive, archive.transaction() as cursor:
        assert people.visit(cursor, "ana", START) is None
        assert people.visit(cursor, "ana", START + timedelta(minutes=10)) is None
        later = START + timedelta(hours=5)
        assert people.visit(cursor, "ana", later) == START + timedelta(minutes=10)
        soon = later + timedelta(minutes=1)
        assert people.visit(cursor, "ana", soon) == START + timedelta(minutes=10)
