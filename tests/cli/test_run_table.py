"""The table of a run names what each outlet brought, and what was left out of it."""

import json

from rich.console import Console

from cli.run_progress import _table
from pipeline.run.outlet_row import row_of
from pipeline.run.run_folder import RunFolder


def test_what_was_left_out_and_what_has_moved_stand_in_the_runs_table(tmp_path):
    folder = RunFolder(tmp_path / "20261127T000000Z").outlet("region", "harbour")
    doors = [{"kind": "sitemap", "left_out": 480}, {"kind": "feed"}, {"left_out": 3}]
    report = {"state": "ok", "pages": 4, "moved": 27, "doors": doors}
    folder.report.write_text(json.dumps(report), encoding="utf-8")

    row = row_of(folder, {"new": 4}, failed=False)
    row["duplicates"] = 0
    assert (row["left_out"], row["moved"]) == (483, 27)

    console = Console(width=140, record=True)
    console.print(_table({"run": "20261127T000000Z", "outlets": {"harbour": row}}))
    shown = console.export_text()
    assert "left out" in shown
    assert "483" in shown
    assert "moved" in shown
    assert "27" in shown
