"""The page that says why an article did not come."""

import pytest


def why(client, asked, **more):
    return client.get("/khabar/why", params={"asked": asked, **more})


def test_the_page_asks_for_an_address_and_names_the_watches(client):
    text = client.get("/khabar/why").text
    assert "Address or headline" in text
    assert "<option>Gas &amp; &lt;oil&gt;</option>" in text


def test_an_archived_article_is_followed_to_its_story(client):
    text = why(client, "https://herald.example/gas-copy").text
    assert "New compressor station at work" in text
    assert "it is one of 2 articles that tell one story" in text
    assert "it has not been held against the watches yet" in text


def test_an_unknown_address_ends_at_the_door(client):
    text = why(client, "https://nobody.example/x").text
    assert "it went no further" in text
    assert "no outlet that is followed lies at this address" in text


def test_a_headline_leads_to_the_articles_that_it_may_mean(client):
    text = why(client, "Railway to open in June", watch="Gas & <oil>").text
    assert "Which of these is it?" in text
    assert "asked=https%3A%2F%2Fbulletin.example%2Frail&amp;watch=Gas" in text


@pytest.mark.parametrize(
    "asked", ["https://[::1", "http://", "<script>alert(1)</script>", '"', "((", "https://a\x00b/"]
)
def test_whatever_is_pasted_gets_an_answer_and_stays_text(client, asked):
    answer = why(client, asked)
    assert answer.status_code in {200, 400}
    assert "<script>alert" not in answer.text


def test_a_search_without_a_find_leads_there(client):
    assert "/khabar/why" in client.get("/khabar/", params={"q": "nowordlikethis"}).text
