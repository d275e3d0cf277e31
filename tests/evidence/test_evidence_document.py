"""The script that docs/evidence.md shows is the one in every package."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_document_shows_the_script_that_packages_hold():
    text = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"<!-- check -->\n```python\n(.*?)```\n<!-- /check -->", text, re.DOTALL)
    script = ROOT / "evidence" / "templates" / "check.txt"
    assert shown == script.read_text(encoding="utf-8")
