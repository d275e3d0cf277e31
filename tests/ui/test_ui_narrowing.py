"""A search narrowed by clicks, each of which can be taken back."""

import html
import re

import pytest

from ui.pages.narrowing import Narrowing


def links(page, words):
    found = re.findall(rf'href="\?([^"]*)"[^>]*>{words}', page)
    return [html.unescape(query) for query in found]


def test_a_facet_narrows_and_can_be_taken_back(client):
    whole = client.get("/khabar/", params={"q": "compressor OR railway"}).text
    [narrower] = links(whole, "herald<")
    page = client.get(f"/khabar/?{narrower}").text
    assert "station at work" in page
    assert "to open in June" not in page
    [back] = links(page, "outlet herald ×")
    assert "to open in June" in client.get(f"/khabar/?{back}").text


def test_two_bounds_hold_together_and_each_goes_alone(client):
    asked = {"q": "compressor OR railway", "outlet": "bulletin", "first": "2026-03-01"}
    page = client.get("/khabar/", params=asked).text
    assert "to open in June" in page
    assert "station at work" not in page
    [without_outlet] = links(page, "outlet bulletin ×")
    assert "first=2026-03-01" in without_outlet
    assert "outlet" not in without_outlet
    assert 'value="2026-03-01"' in page


def test_days_bound_the_search_without_any_word(client):
    early = client.get("/khabar/", params={"last": "2026-02-01"}).text
    assert "Nothing was found" in early
    assert "to open in June" in client.get("/khabar/", params={"first": "2026-03-01"}).text


def test_files_and_watches_take_what_is_on_the_screen(client):
    page = client.get("/khabar/", params={"q": "a OR b", "lang": "fa"}).text
    assert "q=%28a+OR+b%29+lang%3Afa" in page or "q=%28a%20OR%20b%29%20lang%3Afa" in page


@pytest.mark.parametrize(
    "asked",
    [{"first": "yesterday"}, {"last": "2026-13-01"}, {"outlet": "a OR b"}, {"lang": "en)"}],
)
def test_a_bound_that_is_none_is_refused_in_a_sentence(client, asked):
    answer = client.get("/khabar/", params=asked)
    assert answer.status_code == 400
    assert " is no " in answer.text


def test_words_alone_stay_as_they_were_typed():
    assert Narrowing("gas  OR oil").query == "gas  OR oil"
    assert Narrowing("gas OR oil", lang="az").query == "(gas OR oil) lang:az"
    assert Narrowing("", outlet="trend.az").query == "outlet:trend.az"
    assert Narrowing().query == ""


def test_the_last_day_is_meant_whole():
    assert Narrowing("gas", first="2026-02-01", last="2026-02-28").query == (
        "(gas) after:2026-02-01 before:2026-03-01"
    )
