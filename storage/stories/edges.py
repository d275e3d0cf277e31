"""Edges between articles as rows of story_edges, and back. Pure."""

from news.story import Edge, EdgeKind

EdgeRow = tuple[int, int, str, float, float, int, int]


def edge_row(edge: Edge) -> EdgeRow:
    """Return an edge as the table's row has it."""
    return (
        edge.left,
        edge.right,
        edge.kind.value,
        edge.score,
        edge.share,
        _signed(edge.left_cover),
        _signed(edge.right_cover),
    )


def read_edge(row: EdgeRow) -> Edge:
    """Return the edge of a row."""
    return Edge(
        left=row[0],
        right=row[1],
        kind=EdgeKind(row[2]),
        score=row[3],
        share=row[4],
        left_cover=_unsigned(row[5]),
        right_cover=_unsigned(row[6]),
    )


def _signed(cover: int) -> int:
    """Return 64 bits as PostgreSQL's bigint has them."""
    return cover - (1 << 64) if cover >> 63 else cover


def _unsigned(cover: int) -> int:
    """Return bigint's 64 bits as a number from 0."""
    return cover & 0xFFFFFFFFFFFFFFFF
