"""Outlets as commands show them, without an archive too; addresses of a list that do not answer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from watchworld import World, free_port

from cli import outlets_list
from crawlers import CrawlError, outlet_files
from pipeline.outlet_health import Condition, Judgement
from pipeline.outlet_status import OutletStatus

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, environment) -> Path:
    """A folder with one outlet's file, the commands' own."""
    outlets = tmp_path / "outlets"
    (outlets / "caspian").mkdir(parents=True)
    (outlets / "caspian" / "quay.toml").write_text(
        'title = "Quay"\nhome = "https://quay.example/"\nlanguages = ["az", "ru"]\n'
        'timezone = "Asia/Baku"\ndoors = [{ kind = "feed", url = "https://quay.example/rss" }]\n'
    )
    environment(outlets=outlets)
    return outlets


def test_where_the_archive_does_not_answer_outlets_are_listed_without_their_health(
    folder, environment, khabar
) -> None:
    environment(database_url=f"postgresql://khabar@127.0.0.1:{free_port()}/khabar")
    done = khabar("outlets", "list")
    assert done.exit_code == 0
    assert "health is not shown: " in done.stderr
    assert done.stdout.startswith("caspian       quay ")


def test_a_region_that_nobody_has_is_answered_with_those_there_are(folder, khabar) -> None:
    done = khabar("outlets", "list", "--region", "arctic")
    assert done.exit_code == 1
    assert "no outlet in region 'arctic'; there are caspian" in done.stderr


def test_a_line_tells_state_polls_and_a_redesign(folder: Path) -> None:
    outlet = outlet_files.load_outlet(folder / "caspian" / "quay.toml")
    status = OutletStatus(
        judgement=Judgement(Condition.SILENT, "nothing new for 4 days"),
        week=12,
        polled=AT,
        next=AT.replace(hour=10),
        redesigned=AT.replace(day=18),
    )
    row = outlets_list.row_of(outlet, status)
    assert (row["state"], row["redesigned"]) == ("silent", "2026-11-18")
    line = outlets_list.line_of(row)
    assert line.endswith(
        "silent (nothing new for 4 days), polled 2026-11-20 09:00, next 2026-11-20 10:00,"
        " 12 in 7 days, redesigned 2026-11-18"
    )
    assert "off; silent" in outlets_list.line_of({**row, "active": False})


def test_addresses_of_a_list_that_do_not_answer_are_each_told_and_counted(
    folder, environment, khabar, tmp_path: Path
) -> None:
    environment(allow_loopback="1")
    port = free_port()
    given = tmp_path / "addresses.txt"
    given.write_text(f"http://one.localhost:{port}/\nhttp://two.localhost:{port}/\n")
    with pytest.raises(CrawlError, match=r"2 of the addresses in .* could not be added"):
        khabar("outlets", "add", given, "--yes")
    assert [path.name for path in folder.rglob("*.toml")] == ["quay.toml"]


def test_mails_that_waited_at_a_backup_are_given_up_and_told(
    database_url: str, environment, khabar, tmp_path: Path, new_database
) -> None:
    environment(database_url=database_url)
    world = World(database_url, tmp_path / "mail")
    world.watch()
    world.publish()
    world.match()
    world.archive.close()
    assert "1 articles" in khabar("backup", tmp_path / "b.khabar").stdout
    environment(database_url=new_database())
    told = khabar("restore", tmp_path / "b.khabar").stdout
    assert told.startswith("1 articles of ")
    assert "1 mails that waited when the backup was made are not sent: the house" in told
    assert "brought up to date" not in told
