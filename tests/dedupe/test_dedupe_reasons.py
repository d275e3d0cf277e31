"""Why an article is in its story, what people say of pairs, and the window in memory."""

import pytest
import storygen

import dedupe
from dedupe.verdicts import obey_verdicts
from news.story import Doc, Edge, EdgeKind, Verdict

LEAD = 1


def copy(left, right, score=1.0, share=1.0):
    return Edge(left=left, right=right, kind=EdgeKind.COPY_OF, score=score, share=share)


def contains(left, right, score):
    return Edge(left=left, right=right, kind=EdgeKind.CONTAINS, score=score, share=0.2)


@pytest.mark.parametrize(
    ("edge", "sentence"),
    [
        (copy(2, LEAD), "its words are the lead's"),
        (copy(2, LEAD, 0.93, 0.9), "93 % of its words, or of the longer text's, are the lead's"),
        (contains(2, LEAD, 0.8), "it carries 80 % of the words that are the lead's"),
        (contains(LEAD, 2, 0.8), "80 % of its words are the lead's"),
    ],
)
def test_a_copy_is_explained_by_what_it_shares_with_the_lead(edge, sentence):
    assert dedupe.explain_copies(LEAD, (LEAD, 2), [edge]) == {2: sentence}


def test_a_copy_of_a_copy_is_explained_by_the_one_it_shares_most_with():
    edges = [copy(2, LEAD), copy(3, LEAD), copy(4, 2, 0.6, 0.6), copy(4, 3, 0.9, 0.9)]
    reasons = dedupe.explain_copies(LEAD, (LEAD, 2, 3, 4), edges)
    assert reasons[4] == "90 % of its words, or of the longer text's, are those of article 3"


def test_what_nothing_joins_directly_is_there_through_others():
    shared = Edge(left=2, right=LEAD, kind=EdgeKind.UPDATES, score=0.3)
    assert dedupe.explain_copies(LEAD, (LEAD, 2), [shared]) == {
        2: "copies of it are copies of the lead"
    }


def test_what_somebody_said_is_the_reason_before_all():
    said = Verdict(left=LEAD, right=2, same=True)
    reasons = dedupe.explain_copies(LEAD, (LEAD, 2), [copy(2, LEAD)], [said])
    assert reasons == {2: "somebody said that it is the same story"}


@pytest.mark.parametrize("same", [True, False])
def test_a_verdict_comes_before_what_two_texts_look_like(same):
    text = storygen.Writer(3).report()
    other = text if not same else storygen.Writer(4).report()
    docs = [Doc(id=1, text=text), Doc(id=2, text=other)]
    prints = dict(zip((1, 2), dedupe.make_prints([text, other]), strict=True))
    edges = dedupe.relate_batch(prints, dedupe.MemoryWindow()).edges
    verdicts = [Verdict(left=1, right=2, same=same)]
    stories = dedupe.form_stories(docs, obey_verdicts(edges, verdicts), verdicts)
    assert len(stories) == (1 if same else 2)


def test_what_is_taken_out_of_the_window_is_found_no_more():
    texts = [storygen.Writer(5).report()] * 2
    prints = dict(enumerate(dedupe.make_prints(texts)))
    window = dedupe.MemoryWindow()
    window.add(prints)
    window.drop([1, 7])
    assert window.prints([0, 1]).keys() == {0}
    assert set(window.bearers(prints[0].keys)) == set(prints[0].keys.tolist())
    assert all(articles == {0} for articles in window.bearers(prints[0].keys).values())
    window.add({0: prints[1]})
    assert window.prints([0])[0].digest == prints[1].digest
    assert prints[0].version == dedupe.VERSION
