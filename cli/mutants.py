"""`khabar mutants`: faults planted in the laws one by one, to count which the tests see.

mutmut plants them in a copy of the tree under .khabar/mutants/, one folder a target, and keeps
there what became of each: a run that was stopped goes on where it was. A mutant that was killed
stays so until its function changes; all others are asked again by each run, so that a new test
shows at once. A fault that changes nothing anybody could see is no fault: those are kept in
tests/mutants/equivalent.toml, each with its reason.
"""

import fnmatch
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field

import click

from cli.checkout import ROOT
from cli.mutant_workshop import SEEN, UNSEEN, Target, Workshop
from cli.output import say

EQUIVALENT = ROOT / "tests" / "mutants" / "equivalent.toml"
HOME = ROOT / ".khabar" / "mutants"
FLOOR = 0.8  # share of the faults that the tests must see

TARGETS = {
    "urls": Target(
        ("news/urls.py", "news/url_parameters.py"),
        ("tests/news/test_urls.py", "tests/crawlers/test_canonical_urls.py"),
        without=("tests/news/test_urls.py::test_an_address_longer_than_any_is_refused",),
    ),
    "query": Target(
        ("news/query",),
        (
            "tests/news/test_query_addresses.py",
            "tests/news/test_query_dialects.py",
            "tests/news/test_query_language.py",
            "tests/news/test_query_plans.py",
        ),
        sample=300,
    ),
    "revisions": Target(
        ("news/revisions.py", "news/noise.py"),
        ("tests/news/test_revisions.py", "tests/storage/test_storage_changes.py"),
    ),
    "schedule": Target(
        ("crawlers/schedule.py",),
        (
            "tests/crawlers/test_schedule.py",
            "tests/crawlers/test_crawl_plan.py",
            "tests/crawlers/test_crawl_silence.py",
        ),
        without=(
            "tests/crawlers/test_crawl_plan.py::"
            "test_a_new_headline_in_the_feed_brings_the_article_forward",
            "tests/crawlers/test_crawl_silence.py::test_a_new_article_ends_it",
            "tests/crawlers/test_crawl_silence.py::test_a_crawl_says_that_its_outlet_is_silent",
        ),
    ),
    "rhythms": Target(
        ("watches/policy/schedule.py",),
        ("tests/watches/test_schedule_rhythms.py",),
        without=(
            "tests/watches/test_schedule_rhythms.py::test_digests_quiet_hours_and_mutes_end_to_end",
        ),
    ),
    "kinds": Target(
        ("watches/kinds.py",),
        ("tests/watches/test_kinds_of_mail.py",),
    ),
}


@dataclass(slots=True)
class Outcome:
    """What became of a target's mutants."""

    killed: int = 0
    equivalent: int = 0
    survived: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # not asked yet

    @property
    def share(self) -> float:
        """The share of real faults that the tests saw."""
        real = self.killed + len(self.survived)
        return self.killed / real if real else 0.0

    @property
    def line(self) -> str:
        """A row of the table."""
        total = self.killed + self.equivalent + len(self.survived) + len(self.left)
        return (
            f"{self.killed} killed of {total}, {len(self.survived)} survived,"
            f" {self.equivalent} equivalent, {len(self.left)} left: {self.share:.0%}"
        )


_NAMES = click.argument(
    "names",
    nargs=-1,
    type=click.Choice(sorted(TARGETS)),
)
_MINUTES = click.option(
    "--minutes",
    type=click.FloatRange(min=0),
    default=15.0,
    show_default=True,
    help="Stop after so long in each target; the next run goes on.",
)
_SAMPLE = click.option(
    "--sample",
    type=click.IntRange(min=0),
    help="Ask so many mutants, drawn by the seed; 0: all.  [default: all; query 300]",
)
_SEED = click.option(
    "--seed",
    default=1,
    show_default=True,
    help="Draws the sample.",
)
_WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Mutants asked at a time.",
)
_FRESH = click.option(
    "--fresh",
    is_flag=True,
    help="Forget what earlier runs found.",
)


@click.command()
@_NAMES
@_MINUTES
@_SAMPLE
@_SEED
@_WORKERS
@_FRESH
def mutants(
    names: tuple[str, ...],
    *,
    minutes: float,
    sample: int | None,
    seed: int,
    workers: int,
    fresh: bool,
) -> None:
    """Plant faults in the targets NAMES (all without) and count those that the tests see.

    A run that is stopped, by its minutes or by you, goes on when it is called again.
    """
    judged = reasons()
    failed = []
    for name in names or tuple(TARGETS):
        say(f"== mutants of {name}")
        if fresh:
            shutil.rmtree(HOME / name, ignore_errors=True)
        workshop = Workshop(HOME / name, TARGETS[name], workers)
        drawn = workshop.drawn(sample, seed)
        real = [mutant for mutant in drawn if not is_judged(mutant, judged)]
        workshop.ask(real, minutes * 60)
        outcome = counted(workshop.states(), drawn, judged)
        click.echo(f"{name}: {outcome.line}")
        for mutant in outcome.survived:
            click.echo(f"  survived: {mutant}")
        if outcome.left or outcome.share < FLOOR:
            failed.append(name)
    if failed:
        raise click.ClickException(
            f"under {FLOOR:.0%} or not at their end: {', '.join(failed)}"
            f" (in {HOME}/NAME, `mutmut show MUTANT` prints one)"
        )


def counted(
    states: dict[str, str],
    names: Sequence[str],
    judged: dict[str, str],
) -> Outcome:
    """Count what became of the mutants of these names; `judged`: pattern of a name -> reason."""
    outcome = Outcome()
    for name in names:
        if is_judged(name, judged):
            outcome.equivalent += 1
        elif states[name] in SEEN:
            outcome.killed += 1
        elif states[name] in UNSEEN:
            outcome.survived.append(name)
        else:
            outcome.left.append(name)
    return outcome


def is_judged(name: str, judged: dict[str, str]) -> bool:
    """Tell whether a mutant is on the list of those that change nothing."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in judged)


def reasons() -> dict[str, str]:
    """Return the mutants judged equivalent with their reasons; raises ClickException."""
    if not EQUIVALENT.exists():
        return {}
    found = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    unreasoned = [name for name, reason in found.items() if not str(reason).strip()]
    if unreasoned:
        raise click.ClickException(f"{EQUIVALENT}: {unreasoned[0]} has no reason")
    return found
