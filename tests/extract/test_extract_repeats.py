"""Text that a page shows twice is in the article once.

A second article, a headline with its kicker and controls are not in it.
"""

from datetime import UTC, datetime

from extract import api
from extract.blocks import repeats
from extract.blocks.neighbours import Judged
from extract.page import dom, segments
from news.article import Article, Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://kanar.az/news/77"
LINES = [
    f"In part {number} of its report the harbour office counts {number + 3} ferries and "
    f"{number + 40} cars, and says that the {word} of the bay are calm, as they were in "
    "May and as they may stay until the autumn begins."
    for number, word in enumerate(("waters", "winds", "crews", "masters", "pilots", "villages"))
]
BODY = "".join(f"<p>{line}</p>" for line in LINES)


def found(body: str, head: str = "") -> Article:
    html = (
        "<!DOCTYPE html><html lang=en><head><title>Ferries run again | Kanar</title>"
        f"{head}</head><body><div class=b><h1>Ferries run again</h1>{body}</div></body></html>"
    )
    result = api.extract(
        Page(url=URL, final_url=URL, status=200, headers=(), body=html.encode(), fetched_at=NOW),
        outlet_of(URL),
        None,
    )
    assert isinstance(result, Article)
    return result


def test_the_whole_text_once_more_is_left_out():
    result = found(f"<div class=t>{BODY}</div><div class=z>{' '.join(LINES)}</div>")
    assert result.text.split("\n") == LINES


def test_a_block_that_is_the_others_run_together_goes_even_when_the_judge_would_keep_it():
    root = dom.parse(f"<html><body><div>{BODY}</div><div>{' '.join(LINES)}</div></body></html>")
    assert root is not None
    judged = [Judged(segment, 0.99) for segment in segments.segments(root)]
    repeats.drop(judged)
    assert [one.rule for one in judged[:-1]] == [""] * len(LINES)
    assert judged[-1].rule.startswith("repeats")


def test_a_pull_quote_is_left_out_and_its_paragraph_stays():
    quote = LINES[2][LINES[2].index("counts") :]
    result = found(
        f"<div class=t>{''.join(f'<p>{line}</p>' for line in LINES[:4])}<blockquote>"
        f"{quote}</blockquote>{''.join(f'<p>{line}</p>' for line in LINES[4:])}</div>"
    )
    assert result.text.split("\n") == LINES


def test_a_headline_with_its_kicker_is_no_line_of_the_text():
    result = found(f"<h2>Sea: Ferries run again</h2><div class=t>{BODY}</div>")
    assert result.text.split("\n") == LINES


def test_references_to_controls_and_to_bytes_of_windows_1252_become_text():
    result = found(
        "<div class=t><p>It&#146;s calm &#150; the &#1;bay&#xFFFE; is open, said the "
        f"harbour office on Monday morning.</p>{BODY}</div>"
    )
    assert (
        result.blocks[0].text
        == "It\u2019s calm \u2013 the bay is open, said the harbour office on Monday morning."
    )
    assert segments.tidy("a\x96b\x00 \x01c\ufffe") == "a\u2013b c"


def test_a_label_and_a_link_is_no_line_of_the_text_in_any_language():
    aside = '<p>{}: <a href="/n/5">A headline of another report that runs on</a></p>'
    labels = ("Read also", "Читайте также", "წაიკითხეთ აგრეთვე", "Mire is jo", "Nog iets")
    result = found(
        "<div class=t>"
        + "".join(
            f"<p>{line}</p>{aside.format(label)}"
            for line, label in zip(LINES, labels, strict=False)
        )
        + f"<p>{LINES[-1]}</p></div>"
    )
    assert result.text.split("\n") == LINES


def test_an_item_may_say_again_what_a_sentence_says():
    runs = segments.segments(
        dom.parse(
            f"<body><div>{BODY}<ul><li>{LINES[1]}</li><li>{LINES[2][10:120]}</li></ul><p>"
            f"{LINES[3]}</p></div></body>"
        )
    )
    judged = [Judged(run, 1.0) for run in runs]
    repeats.drop(judged)
    assert [one.segment.text for one in judged if one.rule] == [LINES[3]]
