"""Searching the archive: how results are ordered, what they hold, as snippets and as files."""

from storage.search.export import ExportFormat, export_results, json_line, pieces
from storage.search.results import Facets, Order, Result, Results
from storage.search.snippets import Snippet, snippet
from storage.search.vectors import TermVector

__all__ = [
    "ExportFormat",
    "Facets",
    "Order",
    "Result",
    "Results",
    "Snippet",
    "TermVector",
    "export_results",
    "json_line",
    "pieces",
    "snippet",
]
