"""`khabar outlets add` on the sample outlets.

The file it writes crawls the outlet completely, as the press's own books show.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import crawl_fleet
import pytest
from click.testing import CliRunner
from crawl_month import START, Press

from cli.main import khabar
from crawlers import job as jobs
from crawlers import outlet_files
from crawlers.warc import records
from news.outlet import Outlet
from news.urls import canonical
from press.rosters import roster

HOUR = timedelta(hours=1)


@dataclass
class Fresh:
    """An outlet as `outlets add` drafted it, and what its crawls fetched.

    Addresses by canonical URL.
    """

    outlet: Outlet
    folders: list[Path] = field(default_factory=list)

    def job(self, folder: Path, now: datetime) -> jobs.CrawlJob:
        """Return the next crawl, with the memory of the crawls before."""
        folder.mkdir(parents=True)
        held = {}
        for old in self.folders:
            for line in (old / "crawl.jsonl").read_text(encoding="utf-8").splitlines():
                [(kind, value)] = json.loads(line).items()
                held[kind, value["url"]] = line
        (folder / "memory.jsonl").write_text(
            "".join(line + "\n" for line in held.values()), encoding="utf-8"
        )
        self.folders.append(folder)
        # The press is ours, and every door is asked each hour: what is tested is what the doors
        # show, not the pace.
        return jobs.CrawlJob(
            outlet=replace(self.outlet, pace=replace(self.outlet.pace, delay=0.0, concurrency=4)),
            folder=folder,
            now=now,
            options=jobs.CrawlOptions(allow_loopback=True, all_doors=True),
        )

    def fetched(self) -> set[str]:
        return {
            canonical(page.url)
            for folder in self.folders
            for page in records.read_pages(folder / "pages.warc.gz")
            if page.status == 200
        }


def added(press: Press, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Fresh:
    """Add an outlet by its address, as an operator does."""
    monkeypatch.setenv("KHABAR_OUTLETS", str(folder / "outlets"))
    monkeypatch.setenv("KHABAR_HOME", str(folder / "home"))
    monkeypatch.setenv("KHABAR_ALLOW_LOOPBACK", "1")
    done = CliRunner().invoke(
        khabar,
        [
            "outlets",
            "add",
            f"http://{name}.localhost:{press.port}/",
            "--region",
            "added",
            "--name",
            name,
            "--yes",
        ],
    )
    assert done.exit_code == 0, (name, done.output)
    return Fresh(outlet_files.load_outlet(folder / "outlets" / "added" / f"{name}.toml"))


def played(
    press: Press, names: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """Add outlets and crawl them for two hours.

    Return by outlet what was missed of what stood there, what of what came after, and strangers.
    """
    press.set(START)
    fresh = {name: added(press, name, folder, monkeypatch) for name in names}
    for number in range(3):
        press.set(START + number * HOUR)
        crawl_fleet.run(
            [
                one.job(folder / "runs" / name / str(number), START + number * HOUR)
                for name, one in fresh.items()
            ],
            at_once=4,
            seconds=900,
        )
    end = START + 2 * HOUR
    truth = [line for line in press.truth(end) if line["outlet"] in fresh and not line["deleted"]]
    found = {}
    for name, one in fresh.items():
        fetched = one.fetched()
        own = {
            line["url"]: (line, {canonical(line["url"]), canonical(line["url_now"])})
            for line in truth
            if line["outlet"] == name
        }
        missed = [line for line, names_ in own.values() if not names_ & fetched]
        strange = fetched - {url for _, names_ in own.values() for url in names_}
        found[name] = (
            [line["url"] for line in missed if line["published"] <= START.isoformat()],
            [line["url"] for line in missed if line["published"] > START.isoformat()],
            sorted(strange),
        )
    return found


@pytest.fixture
def press(request, tmp_path):
    served = Press(tmp_path / "press", request.param)
    yield served
    served.close()


@pytest.mark.parametrize("press", ["tour"], indirect=True)
def test_the_file_crawls_the_outlet_completely(press, tmp_path, monkeypatch):
    found = played(press, ["yulduzinfo", "sahilxeber"], tmp_path / "play", monkeypatch)
    assert found == {"yulduzinfo": ([], [], []), "sahilxeber": ([], [], [])}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("press", "names"),
    [(name, [site.name for site in roster(name).sites]) for name in ("tour", "month")],
    indirect=["press"],
    ids=["tour", "month"],
)
def test_every_sample_outlet_by_its_address_alone(press, names, tmp_path, monkeypatch):
    found = played(press, names, tmp_path / "play", monkeypatch)
    assert {name: rows for name, rows in found.items() if any(rows)} == {}
