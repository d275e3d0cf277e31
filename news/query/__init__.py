"""The one query language: search, watches and filters read it, and mean the same by it."""

from news.query.document import Document, Evidence, Hit
from news.query.errors import QueryError
from news.query.evaluate import evaluate
from news.query.nodes import Query
from news.query.notes import Note
from news.query.parser import parse
from news.query.plan import plan

__all__ = [
    "Document",
    "Evidence",
    "Hit",
    "Note",
    "Query",
    "QueryError",
    "evaluate",
    "parse",
    "plan",
]
