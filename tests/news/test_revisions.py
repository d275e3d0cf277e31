"""The law of edits: what is noise, what the outlet did, what is our own reading."""

import pytest

from news.page_lines import link, pack
from news.revisions import Change, Text, Verdict, canonical, compare, is_noise, lines

BODY = "The council met on Friday.\nNobody spoke against the bridge.\nThe next meeting is in May."
FIRST, SECOND, THIRD = BODY.split("\n")
PAGE = ("Council meets", *BODY.split("\n"), "Subscribe to our channel.", "Views: 12")


def text(body=BODY, **fields):
    return Text(**{"title": "Council meets", "standfirst": "", "body": body, **fields})


def seen(page, body=BODY, **fields):
    return text(body, page_lines=pack(page), **fields)


# Noise


@pytest.mark.parametrize(
    "line",
    [
        "12",
        "12:45",
        "22.11.2026 14:05",
        "— 14 —",
        "...",
        "Views: 1 234",
        "1,234 views",
        "Viewed 12",
        "Views today: 5",
        "5 min ago",
        "about 5 minutes ago",
        "3 min read",
        "2 saat əvvəl",
        "(Updated: 14:05)",
        "Updated on 3 November 2026 at 10:00 by the desk",
        "Last updated 10:00",
        "Paylaş 7",
    ],
)
def test_a_counter_a_clock_or_a_stamp_is_noise(line):
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "Views",
        "Updated",
        "Views: none",
        "12 | 15",
        "12 people were killed",
        "Views of 12 regions differ",
        "5 days",
        "3 ministers",
        "Updated: it is 14:05.",
        "Updated 3 one two three four five six seven eight nine",
        "Is it 12?",
        "It is 12!",
        "It is 12…",
        "viewpointless 12 cases",
    ],
)
def test_a_line_that_says_something_is_not_noise(line):
    assert not is_noise(line)


def test_a_label_has_nine_words_at_most():
    assert is_noise("updated 1 " + "a " * 8)
    assert not is_noise("updated 1 " + "a " * 9)


def test_a_word_of_a_counter_has_seven_more_letters_at_most():
    assert is_noise("view" + "x" * 7 + " 12")
    assert not is_noise("view" + "x" * 8 + " 12")


def test_a_long_line_is_never_noise():
    short, long = "1 " * 60, "1 " * 60 + "1"
    assert lines(short[:-1]) == []
    assert lines(long) == [long]
    assert lines(" a \n\n 12:45 \nb") == ["a", "b"]


def test_the_canonical_text_is_plain_and_without_noise():
    assert canonical(" A “b” ", "c – d", "x  y\nViews: 3\n«z»") == (
        'A "b"',
        "c - d",
        'x y\n"z"',
    )


# Whose change it is


def test_only_noise_is_no_change():
    assert compare(text(), text(BODY + "\nViews: 13")) == Change(verdict=Verdict.NOISE)
    assert not compare(text(), text()).silent


def test_other_words_are_an_edit():
    change = compare(text(), text(BODY.replace("Friday", "Monday")))
    assert change == Change(
        verdict=Verdict.EDIT,
        added=("Monday.",),
        removed=("Friday.",),
        blocks_changed=1,
    )
    assert change.silent


def test_blocks_that_came_went_and_changed_are_counted():
    change = compare(
        text(),
        text(f"{FIRST}\nNobody spoke against the tunnel.\nA tender was called today."),
    )
    assert (change.blocks_added, change.blocks_removed, change.blocks_changed) == (1, 1, 1)
    assert not change.headline
    moved = compare(text(), text(f"{SECOND}\n{FIRST}\n{THIRD}"))
    assert (moved.blocks_added, moved.blocks_removed, moved.blocks_changed) == (0, 0, 0)
    assert moved.verdict is Verdict.EDIT


def test_a_block_that_shares_half_of_its_words_is_the_other_one_edited():
    assert compare(text("a b c d"), text("a b x y")).blocks_changed == 1
    assert compare(text("a b c d"), text("a w x y")).blocks_changed == 0


def test_a_headline_or_a_standfirst_is_an_edit_too():
    assert compare(text(), text(title="Council met")).headline
    change = compare(text(), text(standfirst="In short"))
    assert (change.verdict, change.headline, change.added) == (
        Verdict.EDIT,
        False,
        ("In", "short"),
    )


def test_the_same_bytes_read_otherwise_are_our_correction():
    old = text(page_digest="d1")
    assert compare(old, text(FIRST, page_digest="d1")).verdict is Verdict.CORRECTION
    assert compare(old, text(FIRST, page_digest="d2")).verdict is Verdict.EDIT
    assert compare(text(), text(FIRST)).verdict is Verdict.EDIT


def test_whole_blocks_under_another_extractor_are_our_correction():
    old = text(extractor="1")
    assert compare(old, text(FIRST, extractor="2")).verdict is Verdict.CORRECTION
    assert compare(old, text(FIRST, extractor="1")).verdict is Verdict.EDIT
    changed = BODY.replace("Friday", "Monday")
    assert compare(old, text(changed, extractor="2")).verdict is Verdict.EDIT
    titled = text(FIRST, extractor="2", title="Other")
    assert compare(old, titled).verdict is Verdict.EDIT
    led = text(FIRST, extractor="2", standfirst="Other")
    assert compare(old, led).verdict is Verdict.EDIT


def test_what_the_pages_lines_account_for_is_our_correction():
    clutter = f"{BODY}\nSubscribe to our channel."
    assert compare(seen(PAGE, clutter), seen(PAGE)).verdict is Verdict.CORRECTION
    assert compare(seen(PAGE), seen(PAGE, clutter)).verdict is Verdict.CORRECTION
    assert compare(text(clutter), seen(PAGE)).verdict is Verdict.EDIT
    assert compare(seen(PAGE, clutter), text()).verdict is Verdict.EDIT


def test_what_the_page_lost_or_gained_is_the_outlets():
    shorter = tuple(line for line in PAGE if line != SECOND)
    without = f"{FIRST}\n{THIRD}"
    assert compare(seen(PAGE), seen(shorter, without)).verdict is Verdict.EDIT
    assert compare(seen(shorter, without), seen(PAGE)).verdict is Verdict.EDIT


def test_the_order_of_what_stayed_is_the_outlets():
    turned = f"{SECOND}\n{FIRST}\n{THIRD}"
    assert compare(seen(PAGE), seen(PAGE, turned)).verdict is Verdict.EDIT


def test_a_line_that_stands_twice_and_then_once_did_not_leave_the_page():
    twice = f"{BODY}\n{FIRST}"
    assert compare(seen(PAGE, twice), seen(PAGE)).verdict is Verdict.EDIT
    assert compare(seen(PAGE), seen(PAGE, f"{BODY}\n{PAGE[4]}")).verdict is Verdict.CORRECTION


def test_a_headline_counts_as_on_the_page_where_the_other_page_has_it():
    page = (*PAGE, "Council meets in Baku")
    other = seen(page, title="Council meets in Baku")
    assert compare(seen(page), other).verdict is Verdict.CORRECTION
    assert compare(seen(PAGE), other).verdict is Verdict.EDIT
    assert compare(seen(page), seen(PAGE, title="Nowhere")).verdict is Verdict.EDIT
    led = seen(page, standfirst="Council meets in Baku")
    assert compare(seen(page), led).verdict is Verdict.CORRECTION
    assert compare(seen(PAGE), led).verdict is Verdict.EDIT


# Notes and names


def test_an_edit_that_owns_up_is_not_silent():
    note = "Correction: it was Monday, not Friday."
    change = compare(text(), text(f"{BODY}\n{note}"))
    assert (change.note, change.silent) == (note, False)
    again = compare(text(f"{BODY}\n{note}"), text(f"{FIRST}\n{note}"))
    assert again.note == ""


def test_a_headline_may_own_up_and_a_long_note_is_cut():
    assert compare(text(), text(title="Corrected: council met")).note == "Corrected: council met"
    led = compare(text(), text(standfirst="Correction of a date"))
    assert led.note == "Correction of a date"
    long = "Correction: " + "a" * 600
    assert compare(text(), text(f"{BODY}\n{long}")).note == long[:500]


def test_the_first_line_that_owns_up_is_the_note():
    change = compare(text(), text(f"{BODY}\nCorrection one here.\nCorrection two here."))
    assert change.note == "Correction one here."


def test_who_signs_only_the_new_version_is_named():
    old = text(authors=("A", "B"))
    assert compare(old, text(FIRST, authors=("B", "C", "D"))).signed == "C, D"
    assert compare(old, text(FIRST, authors=("A",))).signed == ""


def test_what_is_kept_of_a_change_is_bounded():
    many = " ".join(f"w{number}" for number in range(300))
    change = compare(text("one"), text(many, title="Other"))
    kept = change.as_json()
    assert kept["headline"] is True
    assert kept["words_added"] == len(change.added) == 301
    assert kept["words_removed"] == len(change.removed) == 3
    assert kept["added"] == list(change.added[:200])
    assert kept["removed"] == list(change.removed)
    back = compare(text(many, title="Other"), text("one")).as_json()
    assert len(back["removed"]) == 200
    assert (kept["blocks_added"], kept["blocks_removed"], kept["blocks_changed"]) == (1, 1, 0)


def test_many_changed_blocks_are_counted_in_bounded_time():
    old = "\n".join(f"the price of good {number} was ten" for number in range(1500))
    new = old.replace("ten", "twelve")
    assert compare(text(old), text(new)).blocks_changed == 1500


# Pages decide, whatever version read them


def test_what_the_outlet_did_is_an_edit_also_when_another_version_reads_it():
    old = seen(PAGE, extractor="4")
    less = f"{FIRST}\n{THIRD}"
    moved = f"{SECOND}\n{FIRST}\n{THIRD}"
    reworded = BODY.replace("Friday", "Monday")
    for body in (less, moved, reworded):
        new = seen(("Council meets", *body.split("\n"), "Views: 14"), body, extractor="5")
        assert compare(old, new).verdict is Verdict.EDIT


def test_another_version_that_leaves_a_line_out_which_still_stands_corrects_us():
    old = seen(PAGE, extractor="4")
    assert compare(old, seen(PAGE, f"{FIRST}\n{THIRD}", extractor="5")).verdict is (
        Verdict.CORRECTION
    )


@pytest.mark.parametrize(
    "body",
    [
        f"{FIRST} {SECOND}\n{THIRD}",
        f"{FIRST}\n{SECOND} {THIRD}",
        f"{FIRST} {SECOND} {THIRD}",
        f"{FIRST}\n{SECOND} {THIRD} Subscribe to our channel.",
    ],
)
def test_lines_run_together_by_another_version_are_the_same_lines(body):
    apart = seen(PAGE, extractor="4")
    together = seen((*PAGE, *body.split("\n")), body, extractor="5")
    assert compare(apart, together).verdict is Verdict.CORRECTION
    assert compare(together, apart).verdict is Verdict.CORRECTION


def test_words_changed_in_lines_run_together_are_an_edit():
    apart = seen(PAGE, extractor="4")
    body = f"{FIRST} {SECOND}\n{THIRD}".replace("Nobody", "Everybody")
    assert compare(apart, seen(("Council meets", *body.split("\n")), body)).verdict is Verdict.EDIT


def linked(headline, body=BODY):
    """Return a page and a reading that keeps its line on another article."""
    return seen((*PAGE, *body.split("\n"), headline, link(headline)), f"{body}\n{headline}")


def test_a_line_that_is_a_link_to_another_page_comes_and_goes_without_an_edit():
    old = linked("Read also: The bridge opens")
    new = linked("Read also: Ferries stay in port")
    assert compare(old, new).verdict is Verdict.CORRECTION
    assert compare(old, seen(PAGE)).verdict is Verdict.CORRECTION


def test_words_changed_beside_such_a_line_are_an_edit():
    old = linked("Read also: The bridge opens")
    new = linked("Read also: Ferries stay in port", BODY.replace("Friday", "Monday"))
    assert compare(old, new).verdict is Verdict.EDIT


def test_the_same_words_as_a_paragraph_are_the_outlets():
    old = seen((*PAGE, "The bridge opens"), f"{BODY}\nThe bridge opens")
    assert compare(old, linked("Ferries stay in port")).verdict is Verdict.EDIT
