"""The house as its source shows it: what import-linter does not prove of floors and faces."""

import importlib

import pytest
from importgraph import ROOMS, ROOT, cycles, import_graph, module_files

FACE_SIZES = 40  # names at most: what one can read at a glance
FILES = module_files()
GRAPH = import_graph(FILES)


def test_no_module_imports_itself_on_a_detour():
    assert cycles(GRAPH) == []


def test_the_detector_of_cycles_sees_one_and_only_it():
    graph = {
        "a": frozenset({"b"}),
        "b": frozenset({"c"}),
        "c": frozenset({"b"}),
        "d": frozenset({"a"}),
    }
    assert cycles(graph) == [["b", "c"]]


def test_an_import_inside_a_function_counts_and_one_for_types_does_not(tmp_path):
    inside = tmp_path / "inside.py"
    inside.write_text("def run():\n    import news.errors\n", encoding="utf-8")
    typed = tmp_path / "typed.py"
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import news.errors\n"
    typed.write_text(text, encoding="utf-8")
    files = {"inside": inside, "typed": typed, "news.errors": ROOT / "news" / "errors.py"}
    graph = import_graph(files)
    assert graph["inside"] == {"news.errors"}
    assert graph["typed"] == frozenset()


@pytest.mark.parametrize("room", ROOMS)
def test_the_names_of_a_face_exist_and_are_few(room):
    module = importlib.import_module(room)
    names = getattr(module, "__all__", [])
    assert len(names) <= FACE_SIZES
    assert [name for name in names if not hasattr(module, name)] == []
