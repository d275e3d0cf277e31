"""Status of outlets, kept pages, a backup read in, an article forgotten.

What commands show of it.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kept_runs import OUTLET, kept, pages, passed

from crawlers import outlet_files
from news.errors import KhabarError
from news.watch import Watch
from pipeline import forget, outlet_status, restore, settings
from pipeline.run import kept_pages, visit_outlet
from pipeline.run.run_folder import RunError
from pipeline.settings import Settings
from storage import Archive, alerts
from storage.upkeep import back_up


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Settings:
    given = {"KHABAR_HOME": str(tmp_path / "home"), "KHABAR_DATABASE_URL": database_url}
    return settings.read(given)


@pytest.fixture
def run(house: Settings):
    """A run that is archived, with its pages kept."""
    made = kept(house, datetime.now(UTC) - timedelta(hours=2), pages("broad", 3, 3))
    passed(house, made)
    return made


def test_the_status_of_an_outlet_is_told_once_it_was_polled(house: Settings, run) -> None:
    now = datetime.now(UTC)
    statuses = outlet_status.read(house, [OUTLET], now)
    status = statuses["kanar"]
    assert status.judgement.words == "ok"
    assert status.week == 3
    assert status.polled < now
    assert outlet_status.has_archive(house)
    assert run.is_done


def test_an_outlet_that_was_never_polled_has_no_status(house: Settings) -> None:
    assert outlet_status.read(house, [OUTLET], datetime.now(UTC)) == {}


def test_without_an_archive_none_is_made_for_asking(tmp_path: Path) -> None:
    assert not outlet_status.has_archive(settings.read({"KHABAR_HOME": str(tmp_path)}))


def test_a_kept_page_is_found_by_its_address_with_what_was_learnt(house: Settings, run) -> None:
    url, html = pages("broad", 3, 3)[1]
    found = kept_pages.find(house.runs, url)
    assert found.page.body.decode() == html
    assert found.outlet == OUTLET
    assert found.profile is not None
    assert kept_pages.newest_profile(house.runs, "kanar") is not None
    assert kept_pages.newest_profile(house.runs, "nobody") is None
    assert run.outlets()


@pytest.mark.parametrize("url", ["http://kanar.localhost/none", "http://other.localhost/x"])
def test_a_page_that_no_run_has_kept_is_a_sentence(house: Settings, run, url: str) -> None:
    with pytest.raises(RunError, match=r"no run in .* has kept this page"):
        kept_pages.find(house.runs, url)
    assert run.path.exists()


def test_pages_of_a_run_that_has_not_begun_are_passed_over(house: Settings, run) -> None:
    [folder] = run.outlets()
    folder.record.unlink()
    with pytest.raises(RunError):
        kept_pages.find(house.runs, pages("broad", 3, 3)[1][0])
    folder.profile.unlink()
    assert kept_pages.profile_of(folder) is None


def test_a_backup_is_read_into_an_empty_archive(
    house: Settings, run, new_database, tmp_path: Path
) -> None:
    file = tmp_path / "backup.khabar"
    back_up(house.database_url, file, datetime.now(UTC))
    other = settings.changed(house, database_url=new_database())
    restored = restore.restore(other, file)
    assert restored.articles == 3
    assert restored.migrations == ()
    assert restored.mails_given_up == 0
    with pytest.raises(KhabarError, match="not empty"):
        restore.restore(other, file)
    assert run.is_done


def test_an_article_that_is_forgotten_leaves_its_story_and_the_mails(house: Settings, run) -> None:
    url = pages("broad", 3, 3)[0][0]
    with Archive(house.database_url) as archive, archive.transaction() as cursor:
        alerts.save_watch(cursor, Watch(name="w", query="the", recipients=("a@b.test",)))
    assert forget.forget(house, url, "asked for")
    assert not forget.forget(house, url, "asked for")
    with Archive(house.database_url) as archive:
        assert archive.article(url) is None
    assert run.is_done


FILE = """title = "Kanar"
home = "https://kanar.example/"
country = "AZ"
languages = ["en"]
timezone = "Asia/Baku"

[[doors]]
kind = "feed"
url = "https://kanar.example/rss"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    region = tmp_path / "outlets" / "caspian"
    region.mkdir(parents=True)
    (region / "kanar.toml").write_text(FILE)
    (region / "wrong.toml").write_text("title = 7\n")
    return region.parent


def test_outlets_are_chosen_by_name_and_wrong_files_are_told(folder: Path) -> None:
    said: list[str] = []
    assert [one.name for one in visit_outlet.chosen(folder, (), said.append)] == ["kanar"]
    assert "wrong.toml" in said[0]
    assert visit_outlet.chosen(folder, ("kanar",))[0].name == "kanar"
    with pytest.raises(RunError, match="there is no outlet 'nobody'"):
        visit_outlet.chosen(folder, ("nobody",))
    assert outlet_files.load_all(folder)[0]


def test_a_page_of_a_site_without_a_file_gets_an_outlet_made_up(
    house: Settings, folder: Path
) -> None:
    over = settings.changed(house, outlets=folder)
    assert visit_outlet.outlet_of(over, "kanar").name == "kanar"
    assert visit_outlet.outlet_of(over, "https://kanar.example/news/1").name == "kanar"
    made_up = visit_outlet.outlet_of(over, "https://stranger.example/news/1")
    assert [str(door.kind) for door in made_up.doors] == ["listing"]


def test_an_outlet_that_cannot_be_reached_is_judged_so(house: Settings, folder: Path) -> None:
    nowhere = FILE.replace("https://kanar.example", "http://kanar.localhost:9")
    (folder / "caspian" / "kanar.toml").write_text(nowhere)
    over = settings.changed(house, outlets=folder, allow_loopback=True)
    [outlet] = visit_outlet.chosen(folder, ("kanar",))
    checked = visit_outlet.check(over, outlet)
    assert not checked.works
    assert checked.judgement.condition == "unreachable"
    sample = visit_outlet.fetch_sample(over, "kanar", 2)
    assert "no page of kanar could be fetched; `khabar outlets check kanar`" in sample.failure
    page = visit_outlet.fetch_sample(over, "http://kanar.localhost:9/news/1", 2)
    assert "could not be fetched" in page.failure


def test_a_check_names_the_outlets_whose_files_are_wrong(folder: Path) -> None:
    [checked] = visit_outlet.broken_files(folder, ())
    assert (checked.outlet, checked.judgement.condition) == ("wrong", "file_broken")
    assert "wrong.toml" in checked.judgement.note
    assert not checked.works
    assert visit_outlet.broken_files(folder, ("kanar",)) == []
    assert len(visit_outlet.broken_files(folder, ("kanar", "wrong"))) == 1


def test_a_wrong_file_that_shares_its_name_with_a_good_one_breaks_no_outlet(folder: Path) -> None:
    (folder / "levant").mkdir()
    (folder / "levant" / "kanar.toml").write_text("title = 7\n")
    assert [one.outlet for one in visit_outlet.broken_files(folder, ())] == ["wrong"]


def test_an_outlet_whose_login_is_missing_fails_its_check_with_a_sentence(
    house: Settings, folder: Path
) -> None:
    (folder / "caspian" / "kanar.toml").write_text(f'login = "harbour"\n{FILE}')
    over = settings.changed(house, outlets=folder)
    [outlet] = visit_outlet.chosen(folder, ("kanar",))
    checked = visit_outlet.check(over, outlet)
    assert checked.judgement.condition == "failed"
    assert "KHABAR_LOGIN_HARBOUR" in checked.judgement.note
