"""From texts to mails: each report of one form is told, a copy is not, until somebody says so."""

import formgen
import pytest
from watchworld import BEGIN, World, _outlet

from pipeline import story_verdicts
from pipeline.run.dedupe import form_hook
from storage import Batch, OutletBatch

OUTLETS = ("one", "two", "three", "four", "five", "six")
WORDS = {"decree": "ambassador", "court": "defendant", "quake": "earthquake", "release": "Holding"}


@pytest.fixture
def world(database_url, tmp_path):
    return World(database_url, tmp_path / "mails", now=BEGIN)


def load(world, articles):
    """Load articles as a run does, stories and all."""
    batches = [OutletBatch(outlet=_outlet(item.outlet), articles=(item,)) for item in articles]
    batch = Batch(run=f"run-{articles[0].title}", started=world.now, outlets=tuple(batches))
    world.archive.load(batch, hooks=[form_hook(world.now)])


def texts_of(mails):
    return "\n".join(mail.get_body(("plain",)).get_content() for mail in mails)


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_each_report_of_one_form_that_fits_a_watch_is_mailed(world, kind):
    world.watch(query=WORDS[kind])
    family = formgen.family("en", kind, 8)
    articles = [
        world.article(outlet, f"Report {number} of {outlet}", report.text)
        for number, (outlet, report) in enumerate(zip(OUTLETS, family, strict=True))
    ]
    load(world, articles)
    told = texts_of(world.mails())
    assert [item.title for item in articles if item.title not in told] == []


def test_a_copy_is_told_when_somebody_says_that_it_is_none(world):
    world.watch(query="ambassador")
    (report,) = formgen.family("en", "decree", 8, count=1)
    first = world.article("one", "The first", report.text)
    load(world, [first])
    world.later(hours=1)
    copy = world.article("two", "The copy", f"BAKU (Hazar Wire) - {report.text}")
    load(world, [copy])
    before = len(world.mails())
    assert "The copy" not in texts_of(world.mails())
    world.later(hours=1)
    story_verdicts.part_copies(world.archive, [copy.url], world.now)
    mails = world.mails()
    assert len(mails) > before
    assert "The copy" in texts_of(mails)
