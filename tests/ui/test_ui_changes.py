"""Pure: what the page of an article shows of its changes."""

from types import SimpleNamespace

from news import diff
from ui.pages.article_page import changes_of


def article(title: str, body: str, standfirst: str = "") -> SimpleNamespace:
    return SimpleNamespace(title=title, standfirst=standfirst, body=body)


def revision(number: int, title: str | None, body: str | None) -> SimpleNamespace:
    standfirst = None if body is None else ""
    return SimpleNamespace(
        number=number,
        before_title=title,
        before_standfirst=standfirst,
        before_body=body,
    )


def plain(runs) -> list[tuple[str, str]]:
    return [(run.kind.value, run.text) for run in runs]


def test_a_word_changed_is_a_word_shown_and_the_rest_is_counted():
    now = article("Railway in June", "It opens in June now.\nNine stations.")
    old = revision(1, "Railway in May", "It opens in May now.\nNine stations.")
    (change,) = changes_of(now, [old])
    assert plain(change.title) == [("same", "Railway in"), ("removed", "May"), ("added", "June")]
    assert [plain(runs) for runs in change.paragraphs] == [
        [("same", "It opens in"), ("removed", "May"), ("added", "June"), ("same", "now.")]
    ]
    assert change.unchanged == 1


def test_each_change_is_compared_with_the_next_newer_text():
    now = article("C", "three")
    second = revision(2, "B", "two")
    first = revision(1, "A", "one")
    newer, older = changes_of(now, [second, first])
    assert plain(newer.title) == [("removed", "B"), ("added", "C")]
    assert plain(older.title) == [("removed", "A"), ("added", "B")]


def test_a_deletion_holds_no_text_and_does_not_come_between():
    now = article("B", "two")
    changes = changes_of(now, [revision(2, None, None), revision(1, "A", "one")])
    assert not changes[0].paragraphs
    assert plain(changes[1].title) == [("removed", "A"), ("added", "B")]


def test_an_edit_far_down_in_a_long_paragraph_is_shown_by_its_word():
    words = [f"word{number}" for number in range(9_000)]
    old = revision(1, "A", " ".join(words))
    words[8_500] = "changed"
    (change,) = changes_of(article("A", " ".join(words)), [old])
    kinds = [run.kind for run in change.paragraphs[0]]
    assert kinds == [diff.Kind.SAME, diff.Kind.REMOVED, diff.Kind.ADDED, diff.Kind.SAME]
