"""`khabar mutants` with a mutmut of our own in its place: what it asks, keeps, counts and says."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from cli import mutant_workshop, mutants
from cli.checkout import ROOT
from cli.mutant_workshop import Target

# Plants what `truth.json` names, in its own words, and keeps what was asked in `calls.json`.
MUTMUT = """
import json, signal, sys, time
from pathlib import Path

here = Path.cwd()
truth = json.loads((here.parent / "truth.json").read_text())
kept = here / "kept.json"
states = json.loads(kept.read_text()) if kept.exists() else {}
if sys.argv[1] == "results":
    print("\\n".join(f"    {name}: {state}" for name, state in states.items()))
    print("    To apply a mutant on disk:")
    raise SystemExit
names = sys.argv[4:]
if not truth:
    raise SystemExit("there is no such module")
if names == ["no-mutant-of-this-name"]:
    kept.write_text(json.dumps({name: states.get(name, "not checked") for name in truth}))
    raise SystemExit("nothing matches")
with (here.parent / "calls").open("a") as calls:
    calls.write(json.dumps(names) + "\\n")
for name in names:
    if truth[name] == "endless":
        (here.parent / "endless").touch()
        time.sleep(60)
    if truth[name] == "broken":
        raise SystemExit(3)
    states[name] = truth[name]
    kept.write_text(json.dumps(states))
"""


@dataclass
class Stand:
    """The command's home, and the mutmut that stands in it."""

    home: Path

    def plant(self, **states: str) -> None:
        """Say what becomes of each mutant that is asked."""
        truth = {f"news.urls.x_{name}__mutmut_1": state for name, state in states.items()}
        (self.home / "truth.json").write_text(json.dumps(truth))

    @property
    def asked(self) -> list[list[str]]:
        """The function of each mutant that was asked, by start of mutmut."""
        file = self.home / "calls"
        calls = file.read_text().splitlines() if file.exists() else []
        return [[name.split("__")[0][-1] for name in json.loads(call)] for call in calls]


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    program = tmp_path / "mutmut"
    program.write_text(f"#!{sys.executable}\n{MUTMUT}")
    program.chmod(0o755)
    monkeypatch.setattr(mutant_workshop, "MUTMUT", program)
    monkeypatch.setattr(mutants, "HOME", tmp_path)
    monkeypatch.setattr(mutants, "EQUIVALENT", tmp_path / "equivalent.toml")
    return Stand(tmp_path)


def test_a_target_whose_faults_go_unseen_fails_and_names_them(stand: Stand, khabar) -> None:
    stand.plant(a="killed", b="survived", c="no tests", d="timeout", e="segfault")
    done = khabar("mutants", "urls")
    assert done.exit_code == 1
    assert "urls: 3 killed of 5, 2 survived, 0 equivalent, 0 left: 60%" in done.stdout
    assert "survived: news.urls.x_b__mutmut_1" in done.stdout
    assert "survived: news.urls.x_c__mutmut_1" in done.stdout
    assert "under 80% or not at their end: urls" in done.stderr


def test_a_mutant_judged_equivalent_is_counted_apart_and_never_asked(stand: Stand, khabar) -> None:
    stand.plant(a="killed", b="survived")
    (stand.home / "equivalent.toml").write_text('"news.urls.x_b__*" = "nothing calls it so"\n')
    done = khabar("mutants", "urls")
    assert done.exit_code == 0
    assert "1 killed of 2, 0 survived, 1 equivalent, 0 left: 100%" in done.stdout
    assert stand.asked == [["a"]]


def test_a_second_run_asks_only_those_that_were_not_killed_the_new_ones_first(
    stand: Stand, khabar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutant_workshop, "_TOGETHER", 2)
    stand.plant(a="killed", b="survived", c="killed")
    khabar("mutants", "urls")
    assert stand.asked == [["a", "b"], ["c"]]
    stand.plant(a="survived", b="killed", c="killed", d="killed")
    done = khabar("mutants", "urls")
    assert stand.asked[2:] == [["d"], ["b"]]
    assert "4 killed of 4" in done.stdout  # a stays killed: its function is the same
    khabar("mutants", "urls", "--fresh")
    assert stand.asked[4:] == [["a", "b"], ["c", "d"]]


def test_a_run_ends_with_its_minutes_keeps_what_it_knows_and_says_what_is_left(
    stand: Stand, khabar
) -> None:
    stand.plant(a="killed", b="endless", c="killed")
    done = khabar("mutants", "urls", "--minutes", 5 / 60)
    assert (stand.home / "endless").exists()
    assert done.exit_code == 1
    assert "1 killed of 3, 0 survived, 0 equivalent, 2 left: 100%" in done.stdout
    assert "not at their end: urls" in done.stderr
    stand.plant(a="killed", b="killed", c="killed")
    assert khabar("mutants", "urls").exit_code == 0
    assert stand.asked[1:] == [["b", "c"]]


def test_without_any_time_nothing_is_asked(stand: Stand, khabar) -> None:
    stand.plant(a="killed")
    assert "1 left: 0%" in khabar("mutants", "urls", "--minutes", "0").stdout
    assert stand.asked == []


def test_the_same_seed_draws_the_same_sample(stand: Stand, khabar) -> None:
    stand.plant(**dict.fromkeys("abcdefgh", "killed"))
    khabar("mutants", "urls", "--sample", "3", "--seed", "4")
    khabar("mutants", "urls", "--sample", "3", "--seed", "4", "--fresh")
    khabar("mutants", "urls", "--sample", "3", "--seed", "5", "--fresh")
    first, again, other = stand.asked
    assert len(first) == 3
    assert first == again != other
    assert "8 killed of 8" in khabar("mutants", "urls", "--sample", "0").stdout


def test_a_mutmut_that_plants_nothing_or_breaks_is_a_failure_with_its_log(
    stand: Stand, khabar
) -> None:
    stand.plant()
    nothing = khabar("mutants", "urls")
    assert nothing.exit_code == 1
    assert "mutmut made nothing of news/urls.py" in nothing.stderr
    assert "no such module" in (stand.home / "urls" / "planting.log").read_text()
    stand.plant(a="broken")
    assert "mutmut ended with 3; see" in khabar("mutants", "urls").stderr


def test_which_test_runs_what_is_found_out_anew_when_a_test_has_changed(
    stand: Stand, khabar, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.plant(a="killed")
    khabar("mutants", "urls")
    stats = stand.home / "urls" / "mutants" / "mutmut-stats.json"
    stats.parent.mkdir()
    stats.touch()
    khabar("mutants", "urls")
    assert stats.exists()
    changed = Target(("news/urls.py",), ("tests/news/test_diff.py",))
    monkeypatch.setitem(mutants.TARGETS, "urls", changed)
    khabar("mutants", "urls")
    assert not stats.exists()


def test_mutmut_works_on_links_to_the_rooms_and_leaves_the_checkout_alone(
    stand: Stand, khabar
) -> None:
    stand.plant(a="killed")
    khabar("mutants", "urls")
    assert (stand.home / "urls" / "news").resolve() == ROOT / "news"
    assert "source_paths" in (stand.home / "urls" / "setup.cfg").read_text()
    assert not (ROOT / "setup.cfg").exists()


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, str]]:
    """Read a list of our own."""
    file = tmp_path / "equivalent.toml"
    monkeypatch.setattr(mutants, "EQUIVALENT", file)

    def read(text: str) -> dict[str, str]:
        file.write_text(text)
        return mutants.reasons()

    return read


def test_every_mutant_judged_equivalent_has_its_reason(judged) -> None:
    assert judged('"news.urls.x" = "it only changes a cache"\n')
    with pytest.raises(click.ClickException, match="has no reason"):
        judged('"news.urls.x" = " "\n')


def test_the_list_of_this_checkout_reads() -> None:
    assert all(mutants.reasons().values())


def test_the_modules_and_tests_of_every_target_are_there() -> None:
    for target in mutants.TARGETS.values():
        assert all((ROOT / path).exists() for path in (*target.modules, *target.tests))
        assert all(path in mutant_workshop.configured(target) for path in target.modules)
