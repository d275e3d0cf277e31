"""Outlet files are read strictly: what is wrong is named with file, line and key."""

import pytest

from crawlers import outlet_files
from crawlers.errors import OutletFileError

GOOD = """title = "X"
home = "https://x.az/"
country = "AZ"
languages = ["az"]
timezone = "Asia/Baku"
source = "seen"
verified = "today"

[pace]
delay = 2

[[doors]]
kind = "feed"
url = "https://x.az/rss"

[[doors]]
kind = "listing"
url = "https://x.az/"
links = "h2 a"
"""
WRONG = (
    ('title = "X"', 'titel = "X"', 1, "titel"),
    ("Asia/Baku", "Asia/Bakou", 5, "time zone"),
    ('kind = "listing"', 'kind = "list"', 17, "kind of door"),
    ("links =", "lnks =", 19, "lnks"),
    ('"h2 a"', '"h2 >> a"', 19, "CSS"),
    ("delay = 2", "dely = 2", 10, "dely"),
    ("delay = 2", 'delay = "2s"', 10, "delay"),
    ('["az"]', '["azeri"]', 4, "language"),
    ('url = "https://x.az/rss"', 'url = "x.az/rss"', 14, "web address"),
    ('links = "h2 a"', 'articles = "("', 19, "regular expression"),
    ('kind = "listing"', 'kind = "archive"', 16, "date pattern"),
    ('home = "https://x.az/"\n', "", 1, "home"),
    ("[pace]\ndelay = 2", "[pace]\nbudget = -1", 10, "budget"),
)


@pytest.fixture
def path(tmp_path):
    (tmp_path / "caspian").mkdir()
    return tmp_path / "caspian" / "x.az.toml"


def test_a_good_file(path):
    outlet = outlet_files.parse_outlet(GOOD, path)
    assert (outlet.name, outlet.region, len(outlet.doors), outlet.pace.delay) == (
        "x.az",
        "caspian",
        2,
        2.0,
    )


@pytest.mark.parametrize(("old", "new", "line", "word"), WRONG)
def test_a_wrong_one_names_file_line_and_key(path, old, new, line, word):
    assert old in GOOD
    with pytest.raises(OutletFileError, match=rf"x\.az\.toml:{line}: .*{word}"):
        outlet_files.parse_outlet(GOOD.replace(old, new, 1), path)


def test_what_is_no_toml(path):
    with pytest.raises(OutletFileError, match=r"not TOML.*line 1"):
        outlet_files.parse_outlet("title = \n", path)


def test_one_wrong_file_leaves_the_others(path):
    path.write_text(GOOD)
    (path.parent / "y.az.toml").write_text(GOOD.replace("title", "titel"))
    outlets, broken = outlet_files.load_all(path.parent.parent)
    assert [outlet.name for outlet in outlets] == ["x.az"]
    assert len(broken) == 1
    with pytest.raises(OutletFileError):
        outlet_files.load_outlets(path.parent.parent)


def test_every_outlet_of_the_house_is_read():
    outlets = outlet_files.load_outlets(outlet_files.OUTLETS)
    assert len(outlets) >= 47
    assert {
        "commonspace.eu",
        "newyorkglobe.co",
        "eureporter.co",
        "trend.az",
        "aircenter.az",
        "1news.az",
        "haqqin.az",
    } <= {outlet.name for outlet in outlets}
    assert all(outlet.source and outlet.verified for outlet in outlets)
