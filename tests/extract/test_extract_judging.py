"""The two judges: when the base is asked, and what the weights know."""

import json
from datetime import UTC, datetime
from importlib import resources

import pytest

from extract import extract
from extract.blocks import columns, judging, model, vote, voted
from extract.page import reading
from news.article import Article, Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
URL = "https://kanar.az/news/77"
LINES = (
    "The harbour office counted forty boats that left the northern quay before noon on Friday.",
    "Masons repaired the lighthouse stairs, said the keeper, and closed the old gate for two days.",
    "Engineers measured the depth of the channel and found sand where the old stones had been.",
    "The council will vote on the price of water after the holidays, its speaker told the paper.",
    "Two hundred passengers took the evening train, which is more than in any week of the year.",
    "Farmers of the valley sold their apples early because the road was dry and the market near.",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
PLAIN = (
    "<html><head><title>Boats leave the quay</title></head><body><header><nav><a href='/'>Home"
    "</a> <a href='/a'>All news</a></nav></header><article><h1>Boats leave the quay</h1>"
    f"<div class='article-body'>{BODY}</div></article><footer>Contacts</footer></body></html>"
)


def page_of(html):
    return Page(url=URL, final_url=URL, status=200, headers=(), body=html.encode(), fetched_at=NOW)


@pytest.fixture
def asked(monkeypatch):
    """Return a list that gets a line whenever the base is asked."""
    calls = []
    whole = vote.vote

    def counted(root, segments, **options):
        calls.append(len(segments))
        return whole(root, segments, **options)

    monkeypatch.setattr(vote, "vote", counted)
    return calls


def test_a_plain_page_is_read_without_the_bases_vote(asked):
    found = extract(page_of(PLAIN), outlet_of(URL), None)
    assert isinstance(found, Article)
    assert found.text.split("\n") == list(LINES)
    assert asked == []


def test_the_base_is_asked_where_little_text_is_found(asked):
    short = PLAIN.replace(BODY, f"<p>{LINES[0]}</p>")
    found = extract(page_of(short), outlet_of(URL), None)
    assert isinstance(found, Article)
    assert found.text == LINES[0]
    assert len(asked) == 1


def test_the_base_is_asked_where_the_judge_keeps_what_readers_may_have_written(asked, monkeypatch):
    thread = "".join(
        f"<div class='comment'><b>Reader {number}</b><p>{line}</p></div>"
        for number, line in enumerate(LINES[3:])
    )
    html = PLAIN.replace("</article>", f"<div id='comments'>{thread}</div></article>")
    monkeypatch.setattr(judging, "is_unsure", lambda *_: False)
    monkeypatch.setattr(judging, "THRESHOLD", 0.0)
    extract(page_of(html), outlet_of(URL), None)
    assert len(asked) == 1


def test_what_stands_before_a_heading_of_comments_is_none_of_them():
    before = f"<div><p>{LINES[0]}</p></div>"
    box = f"<div>{BODY.replace(f'<p>{LINES[0]}</p>', '')}<h3>Leave a comment</h3><p>Name</p></div>"
    html = f"<html><body><h1>Boats leave the quay</h1>{before}{box}</body></html>"
    found = extract(page_of(html), outlet_of(URL), None)
    assert isinstance(found, Article)
    assert [line for line in LINES if line not in found.text] == []
    assert "Leave a comment" not in found.text


def test_text_that_goes_on_below_a_thread_of_comments_is_no_readers():
    half = len(LINES) // 2
    above, below = (
        "".join(f"<p>{line}</p>" for line in part) for part in (LINES[:half], LINES[half:])
    )
    said = "<li><b>Reader</b> <i>4 May 2026</i><p>What a shame, we waited a year for this.</p></li>"
    thread = f"<h3>3 comments</h3><ul>{said * 3}</ul>"
    box = f"<div class='body'>{above}</div><div>{thread}</div><div class='body'>{below}</div>"
    html = f"<html><body><h1>Boats leave the quay</h1><div>{box}</div></body></html>"
    found = extract(page_of(html), outlet_of(URL), None)
    assert isinstance(found, Article)
    assert [line for line in LINES if line not in found.text] == []
    assert "What a shame" not in found.text


def test_a_heading_of_comments_above_a_box_that_scripts_fill_is_no_defect():
    html = PLAIN.replace("</div></article>", "<h3>Comments</h3><div></div></div></article>")
    found = extract(page_of(html), outlet_of(URL), None)
    assert isinstance(found, Article)
    assert found.text.split("\n") == list(LINES)


def test_votes_are_told_in_the_order_of_their_columns():
    read = reading.read(page_of(PLAIN), outlet_of(URL))
    assert read is not None
    texts = [segment.index for segment in read.segments if segment.text in LINES]
    table = voted.matrix(read.segments, read.segments, frozenset(texts))
    assert table.shape == (len(read.segments), len(columns.VOTES))
    row = dict(zip(columns.VOTES, table[texts[1]], strict=True))
    assert (row["voted"], row["voted_before"], row["voted_after"]) == (1.0, 1.0, 1.0)
    assert (row["before_first"], row["after_last"], row["parent_voted"]) == (0.0, 0.0, 1.0)
    assert row["from_first"] > 0 > row["from_last"]
    assert voted.matrix(read.segments, read.segments, frozenset())[0][0] == 0.0


def test_the_weights_say_what_they_were_made_of_and_ask_for_known_evidence():
    file = resources.files("extract.blocks").joinpath("weights.json")
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert "parts" in kept["made_of"]
    assert set(kept["first"]["names"]) <= set(columns.NAMES)
    assert set(kept["second"]["names"]) <= set(columns.SECOND)
    judges = model.load()
    assert len(judges.first.values) == len(kept["first"]["trees"])


def test_a_judge_who_asks_for_unknown_evidence_is_refused():
    with pytest.raises(ValueError, match="not in tuple"):
        model.build({"names": ["moon"], "base": 0.0, "trees": []})


def test_a_mark_that_the_base_cuts_in_two_costs_one_vote_and_moves_no_other(monkeypatch):
    import trafilatura

    whole = trafilatura.bare_extraction

    def cut(*arguments, **options):
        document = whole(*arguments, **options)
        (first, *_) = [part for part in document.body.iter() if part.text and "quay" in part.text]
        first.text = "".join(
            letter for letter in first.text if not "\U00013000" <= letter < "\U00013430"
        )
        return document

    page = page_of(PLAIN)
    reading_of = reading.read(page, outlet_of(URL))
    kept = vote.vote(reading_of.root, reading_of.segments).kept
    monkeypatch.setattr(trafilatura, "bare_extraction", cut)
    without = vote.vote(reading_of.root, reading_of.segments).kept
    assert without < kept
    assert len(kept - without) == 1


@pytest.mark.parametrize(
    "own", ["&#x13005;", "&#x14400;&#x13005;", "&#x14646;&#x1342f;", "\U00014400"]
)
def test_marks_that_a_page_holds_itself_are_no_votes_for_what_is_not_there(own):
    page = page_of(PLAIN.replace("forty", f"forty{own} "))
    reading_of = reading.read(page, outlet_of(URL))
    kept = vote.vote(reading_of.root, reading_of.segments).kept
    assert kept
    assert max(kept) < len(reading_of.segments)
