"""Commands that are filters: JSON lines in, JSON lines out."""

import json

import storygen


def test_copies_get_the_label_of_one_story_in_the_order_of_the_lines(khabar) -> None:
    report, other = storygen.Writer(5).report(), storygen.Writer(9).report()
    texts = {"a": report, "b": other, "c": f"Baku, 3 May. {report}"}
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    rows = [
        json.loads(line) for line in khabar("cluster", "--jsonl", input=lines).stdout.splitlines()
    ]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    one, other_story, copy = (row["story"] for row in rows)
    assert one == copy
    assert one in {"a", "c"}
    assert other_story == "b"


def test_without_its_form_a_filter_says_what_is_missing(khabar) -> None:
    done = khabar("cluster", input="")
    assert done.exit_code == 2
    assert "Missing option '--jsonl'" in done.stderr
