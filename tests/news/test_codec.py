"""JSON lines: what is dumped is loaded again, and what is wrong is named."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import codec
from news.article import Article, Block, BlockKind, Page, Rejected
from news.crawl import DoorState, Known
from news.outlet import Outlet
from news.story import Edge
from news.watch import Match, Watch

_MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
st.register_type_strategy(datetime, _MOMENTS)
st.register_type_strategy(float, st.floats(allow_nan=False))


@pytest.mark.parametrize(
    "kind", [Article, Page, Rejected, Known, DoorState, Edge, Match, Watch, Outlet]
)
def test_every_noun_survives_a_line(kind: type) -> None:
    @given(st.from_type(kind))
    def law(noun: object) -> None:
        line = codec.dump(noun)
        assert "\n" not in line
        assert codec.load(kind, line) == noun

    law()


def test_a_naive_datetime_is_refused() -> None:
    line = '{"url":"u","outlet":"o","reason":"gone","fetched_at":"2026-01-01T00:00:00"}'
    with pytest.raises(codec.CodecError, match=r"Rejected\.fetched_at: datetime without a zone"):
        codec.load(Rejected, line)


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(codec.CodecError, match="unknown field 'txet'"):
        codec.load(Block, '{"kind":"p","txet":"a"}')


def test_defaults_are_left_out() -> None:
    assert codec.dump(Block(kind=BlockKind.PARAGRAPH, text="a")) == '{"kind":"p","text":"a"}'
