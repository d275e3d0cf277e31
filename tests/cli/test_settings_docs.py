"""The pages with a table that is made from the model of settings."""

from pathlib import Path

import pytest

from cli import settings_docs


def test_a_page_without_its_marks_is_refused_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text("a page without any table\n")
    monkeypatch.setattr(settings_docs, "ROOT", tmp_path)
    with pytest.raises(ValueError, match="the page lacks the marks"):
        settings_docs.write_all()
    assert (tmp_path / "README.md").read_text() == "a page without any table\n"
