"""The room as a Scrapy project: Scrapy's own commands, and spiders of one's own."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from scrapy.settings import default_settings as stock

from crawlers import commands, outlet_files, spider_names
from crawlers import job as jobs
from crawlers.errors import CrawlError, OutletFileError
from news.outlet import Door, DoorKind

ROOT = Path(__file__).resolve().parents[2]
FILE = """title = "Outlet"
home = "{home}"
languages = ["en"]
timezone = "Asia/Baku"
spider = "{spider}"

[[doors]]
kind = "{kind}"
url = "{door}"

[pace]
delay = 0.0
"""
OWN = '''
"""A spider of another package."""

from crawlers.spiders.outlet import OutletSpider


class BoardSpider(OutletSpider):
    """Reads a board whose cards carry numbers instead of links."""

    name = "board"

    def links(self, page, door):
        return [f"/read/{number}?from=board" for number in page.css("div::attr(data-n)").getall()]

    def is_article(self, url):
        return not url.endswith("/13")

    def identity(self, url):
        return url.partition("?")[0]
'''


def fetched(folder: Path) -> set[str]:
    lines = [json.loads(line) for line in (folder / "crawl.jsonl").read_text().splitlines()]
    known = [line["known"] for line in lines if "known" in line]
    return {one["url"] for one in known if one.get("last_fetched")}


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a package with a spider where pip would have put it."""
    folder.mkdir()
    (folder / "board_spider.py").write_text(OWN)
    about = folder / "board-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: board\nVersion: 1.0\n")
    points = "[khabar.spiders]\nboard = board_spider:BoardSpider\n"
    (about / "entry_points.txt").write_text(points)
    monkeypatch.syspath_prepend(str(folder))


def test_a_spider_of_another_package_says_what_the_articles_are(
    site, outlet_of, job_of, tmp_path, monkeypatch
):
    installed(tmp_path / "packages", monkeypatch)
    site.page("/board", "<html><body><div data-n=12></div><div data-n=13></div></body></html>")
    site.article("/read/12", "The harbour of Port Umid has been closed for the night.")
    job = job_of(outlet_of(("listing", "/board"), spider="board"))
    report = jobs.run(job)
    assert (report.pages, report.faults) == (1, {})
    assert fetched(job.folder) == {site.url("/read/12")}
    assert site.asked("/read/13") == site.asked("/read/13?from=board") == 0


def test_the_list_of_trend_is_walked_back_by_the_moment_of_its_last_line(site, outlet_of, job_of):
    def lines(*moments: int) -> str:
        items = "".join(
            f'<li data-date="{moment}"><a href="/news/{moment}.html">Report of {moment}</a></li>'
            for moment in moments
        )
        return f"<ul class=news-list>{items}</ul>"

    first, second = (1772391600, 1772391000), (1772390400, 1772389800)
    site.page("/latest/", f"<html><body>{lines(*first)}</body></html>")
    site.page(f"/latest/?ajax=1&date={min(first)}", lines(*second))
    site.page(f"/latest/?ajax=1&date={min(second)}", "<ul></ul>")
    for moment in (*first, *second):
        site.article(f"/news/{moment}.html", f"What was said at {moment} in the town of Ganja.")

    door = Door(
        kind=DoorKind.LISTING, url=site.url("/latest/"), links="ul.news-list > li > a", pages=5
    )
    report = jobs.run(job_of(outlet_of(door, spider="trend"), since=date(2026, 1, 1)))
    assert report.pages == 4
    assert site.asked(f"/latest/?ajax=1&date={min(second)}") == 1


def test_the_shipped_trend_outlet_is_read_by_its_spider():
    (path,) = outlet_files.OUTLETS.glob("*/trend.az.toml")
    assert outlet_files.load_outlet(path).spider == "trend"


@pytest.mark.parametrize("spider", ["nobody", "crawlers.spiders.trend", "../trend", "Trend"])
def test_a_spider_that_is_not_installed_is_refused_with_file_and_line(tmp_path, spider):
    path = tmp_path / "caspian" / "x.toml"
    path.parent.mkdir()
    home = "https://x.test/"
    path.write_text(FILE.format(home=home, spider=spider, kind="feed", door=home))
    with pytest.raises(OutletFileError, match=r"x\.toml:5: spider: there is no spider"):
        outlet_files.load_outlet(path)


def test_every_name_has_its_class():
    assert {spider_names.find(name).name for name in ("outlet", "trend")} == {"outlet", "trend"}
    assert spider_names.find("").name == "outlet"
    with pytest.raises(CrawlError, match="there is no spider 'nobody'"):
        spider_names.find("nobody")


@pytest.fixture
def board(site, tmp_path):
    """A folder of one outlet over the site, called `board`."""
    folder = tmp_path / "outlets" / "caspian"
    folder.mkdir(parents=True)
    text = FILE.format(home=site.url(), spider="outlet", kind="feed", door=site.url("/feed"))
    (folder / "board.toml").write_text(text)
    return folder.parent


@pytest.fixture
def scrapy(board, tmp_path):
    """Call `khabar scrapy` over the outlet."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "KHABAR_HOME": str(tmp_path / "home"),
            "KHABAR_OUTLETS": str(board),
            "KHABAR_ALLOW_LOOPBACK": "1",
        }
        return subprocess.run(
            [sys.executable, "-P", "-m", "cli.main", "scrapy", *arguments],
            cwd=tmp_path,
            env=environment,
            text=True,
            capture_output=True,
            check=False,
            timeout=120,
        )

    return call


def test_an_outlet_is_crawled_alone_into_a_file_of_pages(site, scrapy, tmp_path):
    site.feed("/feed", ["/news/1.html", "/news/2.html"])
    site.page("/robots.txt", "User-agent: *\nDisallow: /news/2", "text/plain")
    site.article("/news/1.html", "Şəki, the town in the mountains")
    folder = tmp_path / "kept"
    done = scrapy("crawl", "outlet", "-a", "name=board", "-a", f"folder={folder}", "-O", "p.jsonl")
    assert done.returncode == 0, done.stderr
    assert "board: ok" in done.stderr
    [item] = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text().splitlines()]
    assert (item["outlet"], item["status"], item["title"]) == ("board", 200, "T /news/1.html")
    assert "Şəki, the town" in item["html"]
    assert site.asked("/news/2.html") == 0
    assert jobs.report_of(folder).pages == 1
    assert (folder / "pages.warc.gz").exists()


def test_scrapys_own_fetch_asks_robots_and_is_kept_from_the_inside(site, scrapy):
    site.page("/robots.txt", "User-agent: Khabar\nDisallow: /closed", "text/plain")
    site.page("/open", "<p>open</p>")
    assert "<p>open</p>" in scrapy("fetch", "--nolog", site.url("/open")).stdout
    assert "is not asked for: disallowed" in scrapy("fetch", site.url("/closed")).stderr
    assert site.asked("/closed") == 0
    inside = site.url("/open").replace(str(site.port), "22")
    assert "is not asked for: private_address" in scrapy("fetch", inside).stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("crawl", "outlet"), "which outlet? Say -a name=trend.az"),
        (("crawl", "nobody"), "there is no spider 'nobody'"),
        (("crawl", "outlet", "-a", "name=nobody"), "nobody: no outlet file of that name"),
        (("crawl", "outlet", "-a", "name=../x"), "../x: no outlet file of that name"),
        (("crawl", "outlet", "-a", "name=board", "-a", "pages=many"), "-a pages a number"),
        (("crawl", "outlet", "-a", "nmae=board"), "-a nmae: there is no such argument"),
    ],
)
def test_what_is_wrong_is_one_sentence(board, monkeypatch, arguments, sentence):
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawlers.settings")
    with pytest.raises(CrawlError, match=re.escape(sentence)):
        commands.run(arguments, {"OUTLET_FILES": str(board)})


def test_each_of_scrapys_components_has_its_line_in_the_table():
    text = (ROOT / "docs" / "crawlers.md").read_text(encoding="utf-8")
    parts = {
        **stock.DOWNLOADER_MIDDLEWARES_BASE,
        **stock.SPIDER_MIDDLEWARES_BASE,
        **stock.EXTENSIONS_BASE,
    }
    names = [path.rpartition(".")[2] for path in parts]
    assert [name for name in names if f"`{name}`" not in text] == []
