"""A subject arrives as it was written, in every script and at every length."""

import email
import email.policy
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from watches import clean
from watches.delivery.message import Envelope, build
from watches.delivery.rendered import Rendered

ENVELOPE = Envelope(
    sender="khabar@localhost",
    recipient="a@localhost",
    message_id="<1@localhost>",
    made_at=datetime(2026, 1, 1, tzinfo=UTC),
    list_name="w",
)
WORDS = st.sampled_from(
    [
        "Второй",
        "газопровод",
        "заработал",
        "Pipelines:",
        "Qars",
        "yaxınlığında",
        "kəməri",
        "გაზსადენს",
        "ხსნის",
        "Կարս",
        "قارص",
        "47",
        "—",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30).map(" ".join))
def test_a_subject_survives_the_wire(subject: str) -> None:
    raw = build(Rendered(subject=subject, text="t", html="<p>t</p>"), ENVELOPE)
    head = raw.split(b"\r\n\r\n", 1)[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == clean.line(
        subject, 250
    )
