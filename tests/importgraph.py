"""Who imports whom, read from the source: every module of the rooms, in-function imports too.

An edge leads to the module that is named, not to the packages around it. What stands under
`if TYPE_CHECKING` is never imported and is left out.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "news",
    "crawlers",
    "extract",
    "dedupe",
    "watches",
    "storage",
    "evidence",
    "pipeline",
    "service",
    "cli",
    "ui",
    "press",
)
Graph = Mapping[str, frozenset[str]]


def module_files() -> dict[str, Path]:
    """Return every module of the rooms by its dotted name."""
    files = {}
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if parts[-1] == "__init__":
                parts = parts[:-1]
            files[".".join(parts)] = path
    return files


def import_graph(files: Mapping[str, Path]) -> Graph:
    """Return for each module the modules of the rooms that it imports."""
    graph = {}
    for name, path in files.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = set(_imported(tree, files))
        graph[name] = frozenset(imported - {name})
    return graph


def _imported(tree: ast.AST, files: Mapping[str, Path]) -> Iterator[str]:
    for node in _run_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                if submodule in files:
                    yield submodule
                elif node.module in files:
                    yield node.module


def _run_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that can run: all but those for type checkers alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _run_nodes(child)


def cycles(graph: Graph) -> list[list[str]]:
    """Return the groups of modules that reach each other (Tarjan 1972), each sorted by name."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in graph[name]:
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                groups.append(sorted(group))

    for name in graph:
        if name not in order:
            visit(name)
    return groups
