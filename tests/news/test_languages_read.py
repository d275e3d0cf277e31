"""Words of every language of the region are read in a manner that somebody chose."""

import pytest

from news import languages
from news.text import scripts

# What a script's words are read as where their language has no group of its own.
DEFAULTS = {
    scripts.LATIN: "en",
    scripts.CYRILLIC: "ru",
    scripts.ARMENIAN: "hy",
    scripts.GEORGIAN: "ka",
    scripts.ARABIC: "fa",
}
# Writings that are read as their script's default, for a reason.
EXCEPTED = {("ka", scripts.LATIN): "months in Latin letters stand in addresses, not in texts"}


def scripts_of(code: str) -> set[str]:
    """Return the scripts in which a language's file writes its months."""
    months = languages.language(code).calendar.months
    return {scripts.script_of(stem) for spellings in months for stem in spellings}


@pytest.mark.parametrize("code", languages.REGION)
def test_a_language_of_the_region_has_its_group_in_the_scripts_it_is_written_in(code):
    undecided = set()
    for script in scripts_of(code):
        decided = code in scripts._LANGUAGE_GROUPS.get(script, {})
        if not decided and DEFAULTS.get(script) != code and (code, script) not in EXCEPTED:
            undecided.add(script)
    assert scripts_of(code)
    assert undecided == set()
