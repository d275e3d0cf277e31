"""A page that brings the reading process to its end costs that page alone, under a name.

All others come out as without it.
"""

import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psutil
import pytest
from kept_runs import OUTLET, kept, passed

from extract.outlet.profile import SiteProfile
from news.article import Article, Page, Reason, Rejected
from pipeline import settings
from pipeline.run import extract
from pipeline.run.noun_files import nouns
from pipeline.run.page_reader import PageReader, PageReaders
from pipeline.run.run_folder import OutletFolder, RunError

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
# The real worker, but for pages that hold a word: at these the process ends, or never comes to an
# end.
HOSTILE = textwrap.dedent("""
    import os, signal
    import extract as api
    from pipeline.run import page_worker

    def hostile(work):
        def wrapped(page, *rest):
            if b"%(stage)s-exit" in page.body:
                os._exit(3)
            if b"%(stage)s-killed" in page.body:
                os.kill(os.getpid(), signal.SIGKILL)
            while b"%(stage)s-endless" in page.body:
                pass
            return work(page, *rest)
        return wrapped

    api.%(stage)s = hostile(api.%(stage)s)
    page_worker.main()
    """)


def story(number: int, extra: str = "") -> str:
    lines = "".join(
        f"<p>Report {number} says in line {line} that {number * 7 + line} ships called at "
        "the quay of the bay.</p>"
        for line in range(6)
    )
    return (
        f"<html lang=en><title>Report {number} of the bay</title><article><h1>Report {number} "
        f"of the bay</h1>{lines}</article><footer>{extra}</footer></html>"
    )


def url(number: int) -> str:
    return f"{OUTLET.home}news/{number}"


@pytest.fixture
def house(database_url, tmp_path):
    return settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})


@pytest.fixture
def readers() -> Iterator[list[PageReader]]:
    made: list[PageReader] = []
    yield made
    for reader in made:
        reader.close()


def hostile(made: list[PageReader], stage: str) -> PageReader:
    reader = PageReader(1, (sys.executable, "-P", "-c", HOSTILE % {"stage": stage}))
    made.append(reader)
    return reader


@pytest.mark.parametrize("stage", ["sight", "extract"])
@pytest.mark.parametrize(
    "end",
    [
        ("exit", Reason.CRASHED, "exit code 3"),
        ("killed", Reason.CRASHED, "signal SIGKILL"),
        ("endless", Reason.OVER_BUDGET, "more than 1 seconds of processor time"),
    ],
)
def test_a_page_that_ends_the_process_is_put_aside_and_the_rest_goes_on(stage, end, readers, house):
    way, reason, said = end
    held = [(url(number), story(number)) for number in range(6)]
    bad = (url(9), story(9, f"{stage}-{way}"))
    [folder] = kept(house, AT, [*held[:2], bad, *held[2:]]).outlets()
    made = extract.extract(folder, hostile(readers, stage))
    assert made == {"articles": 6, "rejected": {reason.value: 1}, "put_aside": 1}
    [aside] = nouns(Rejected, folder.rejected)
    assert (aside.url, aside.reason) == ("https://kanar.localhost/news/9", reason)
    assert said in aside.detail
    [alone] = kept(house, AT + timedelta(minutes=1), held).outlets()
    with PageReader() as reader:
        extract.extract(alone, reader)
    assert texts(folder) == texts(alone)
    if stage == "sight":
        assert taught(folder) == taught(alone)


def test_a_process_that_ended_by_a_neighbours_fault_is_asked_again(house, readers, tmp_path):
    held = [(url(number), story(number)) for number in range(3)]
    [folder] = kept(house, AT, held).outlets()
    once = f"""
        import os, pathlib
        import extract as api
        from pipeline.run import page_worker

        def fragile(page, *rest, work=api.sight):
            mark = pathlib.Path({str(tmp_path / "ended")!r})
            if not mark.exists():
                mark.touch()
                os._exit(1)
            return work(page, *rest)

        api.sight = fragile
        page_worker.main()
        """
    reader = PageReader(60, (sys.executable, "-P", "-c", textwrap.dedent(once)))
    readers.append(reader)
    assert extract.extract(folder, reader) == {"articles": 3, "rejected": {}}


def test_a_page_over_its_budget_is_named_in_the_run_and_everything_else_is_loaded(house):
    lines = "".join(
        f"<p>{f'Line {line} of a page without end tells of ships at quay {line % 97}. ' * 9}</p>"
        for line in range(7_000)
    )
    endless = (
        url(9),
        "<html lang=en><title>All ships</title><article><h1>All ships</h1>"
        f"{lines}</article></html>",
    )
    run = kept(house, AT, [*((url(number), story(number)) for number in range(4)), endless])
    found = passed(settings.changed(house, page_seconds=1), run)
    assert found["outlets"]["kanar"]["new"] == 4
    assert found["outlets"]["kanar"]["rejected"] == {"over_budget": 1}
    [problem] = [problem for problem in found["problems"] if "put aside" in problem]
    assert "kanar" in problem
    assert "https://kanar.localhost/news/9" in problem


def test_a_reader_that_does_not_start_is_one_sentence(house):
    [folder] = kept(house, AT, [(url(1), story(1))]).outlets()
    with (
        PageReader(1, (sys.executable, "-c", "raise SystemExit(7)")) as reader,
        pytest.raises(RunError, match="does not start: exit code 7"),
    ):
        extract.extract(folder, reader)


def test_one_reader_serves_outlet_after_outlet_and_ends_with_its_lender():
    with PageReaders() as readers:
        with readers.lend() as first, readers.lend() as other:
            assert other is not first
            assert isinstance(first.extract(PAGE, OUTLET), Article)
        with readers.lend() as again:
            assert again in {first, other}
        processes = [
            child.pid
            for child in psutil.Process().children()
            if "pipeline.run.page_worker" in child.cmdline()
        ]
        assert len(processes) == 1
    assert not any(psutil.pid_exists(pid) for pid in processes)


def texts(folder: OutletFolder) -> list[str]:
    return [article.text for article in nouns(Article, folder.articles)]


def taught(folder: OutletFolder) -> dict[int, tuple[int, int, int]]:
    return SiteProfile.loads(folder.profile.read_text(encoding="utf-8")).slots


PAGE = Page(
    url=url(1), final_url=url(1), status=200, headers=(), body=story(1).encode(), fetched_at=AT
)
