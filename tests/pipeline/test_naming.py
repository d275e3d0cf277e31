"""Names of one's own: the file that KHABAR_ALIASES names."""

from pathlib import Path

import pytest

from news.query import Document, QueryError, evaluate, parse, plan
from news.text.aliases import AliasError, Aliases
from pipeline import aliases, settings


def read(file: Path):
    return aliases.table(settings.read({"KHABAR_ALIASES": str(file)}))


def test_without_the_setting_it_is_the_table_of_the_package():
    assert aliases.table(settings.read({})) is Aliases.default()


def test_the_lines_of_the_file_are_added(tmp_path: Path):
    (tmp_path / "own.txt").write_text(
        "# ours\nMiddle Corridor = Orta dəhliz, Срединный коридор\nBaku = Bakuriani\n",
        encoding="utf-8",
    )
    names = read(tmp_path / "own.txt")
    assert names is read(tmp_path / "own.txt")
    query = parse('entity:"middle corridor" OR Bakuriani', names)
    assert evaluate(query, Document(title="", text="Срединный коридор растёт", language="ru"))
    assert evaluate(query, Document(title="", text="Bakıda", language="az"))
    assert plan(query) == plan(parse(str(query), names)) != plan(parse("Bakuriani"))


def test_without_the_file_the_names_are_unknown(tmp_path: Path):
    (tmp_path / "own.txt").write_text("Middle Corridor = Orta dəhliz\n", encoding="utf-8")
    read(tmp_path / "own.txt")
    with pytest.raises(QueryError, match="alias table"):
        parse('entity:"Middle Corridor"')


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path):
    (tmp_path / "own.txt").write_text("A = B\n\nno equals sign\n", encoding="utf-8")
    with pytest.raises(AliasError, match=r"own\.txt, line 3: write a line as `Name = form, form`"):
        read(tmp_path / "own.txt")


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot be read: No such file"), (b"\xff\xfe", "is not UTF-8")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, words: str):
    if content is not None:
        (tmp_path / "own.txt").write_bytes(content)
    with pytest.raises(settings.SettingsError, match=words):
        read(tmp_path / "own.txt")


def home(tmp_path: Path) -> settings.Settings:
    return settings.read({"KHABAR_HOME": str(tmp_path)})


def test_a_file_in_the_home_needs_no_setting(tmp_path: Path):
    (tmp_path / "aliases.txt").write_text("Middle Corridor = Orta dəhliz\n", encoding="utf-8")
    assert aliases.table(home(tmp_path)).find("Orta dəhliz") == "Middle Corridor"


def test_a_desk_adds_forms_and_takes_them_out_again(tmp_path: Path):
    known = home(tmp_path)
    assert aliases.add_alias(known, "Middle Corridor", ["Orta dəhliz"]) == (
        "Middle Corridor = Orta dəhliz"
    )
    aliases.add_alias(known, "Middle Corridor", ["Срединный коридор", "Orta dəhliz"])
    assert aliases.own_lines(known) == ["Middle Corridor = Orta dəhliz, Срединный коридор"]
    names = aliases.table(known)
    found = parse('"Middle Corridor"', names)
    assert evaluate(found, Document(title="", text="Срединный коридор растёт", language="ru"))

    aliases.remove_alias(known, "Middle Corridor", ["Orta dəhliz"])
    assert aliases.table(known).find("Orta dəhliz") is None
    aliases.remove_alias(known, "Middle Corridor")
    assert aliases.own_lines(known) == []


@pytest.mark.parametrize(
    ("name", "forms"), [("Nowhere", []), ("Middle Corridor", ["something else"])]
)
def test_what_the_desk_never_wrote_cannot_be_taken_out(tmp_path: Path, name: str, forms: list[str]):
    aliases.add_alias(home(tmp_path), "Middle Corridor", ["Orta dəhliz"])
    with pytest.raises(aliases.UnknownAliasError):
        aliases.remove_alias(home(tmp_path), name, forms)


@pytest.mark.parametrize("form", ["a, b", "a = b", "# a", "!!"])
def test_a_form_that_would_be_another_line_is_refused(tmp_path: Path, form: str):
    with pytest.raises(AliasError):
        aliases.add_alias(home(tmp_path), "Middle Corridor", [form])
    assert aliases.own_lines(home(tmp_path)) == []
